"""Places that do not let the bot write: their server's owner is told, and what they refused is posted later."""

from collections.abc import Awaitable, Callable, Collection

import discord
import structlog

from adapters.discord.names import PLATFORM
from adapters.discord.needs import CHANNEL, THREAD, missing
from bot.core import Core
from bot.delivery.refused import post_refused, retry_cards
from bot.ports.adapter import Address, TryLater, Uncertain, Unreachable
from bot.ports.reply import Reply, say
from storage.engine.errors import StoreError

Send = Callable[[Address, Reply], Awaitable[object]]
Place = discord.abc.GuildChannel | discord.Thread


class RefusedPosts:
    """The places of one bot where it may not write.

    Args:
        send: sends to an address.
    """

    def __init__(self, core: Core, client: discord.Client, send: Send) -> None:
        self._core = core
        self._client = client
        self._send = send
        self._places: set[str] = set()
        """Those whose server's owner was told."""
        self._closed: set[str] = set()
        """Those where it might not write when it looked last."""

    async def add(self, address: Address, refusal: Unreachable) -> None:
        """Note that a place refused what is posted there, and tell the server's owner, once until it takes it again."""
        if address.id in self._places:
            return
        self._places.add(address.id)
        channel = self._channel(address.id) or await self._fetch(address.id)
        if channel is None or channel.guild.owner_id is None:
            return
        owner = Address(str(channel.guild.owner_id), True, f"{address.key}/owner")
        try:
            await self._send(owner, self._explain(channel, refusal))
        except (Unreachable, TryLater, Uncertain) as error:
            structlog.get_logger().error("discord", barred=address.id, untold=str(error))

    async def rights_changed(self, ids: Collection[str]) -> None:
        """Post what places refused, if any of these did, as far as is known, and the bot may write there now.

        Cards are tried where any were refused. Errors are logged.
        """
        try:
            await retry_cards(self._core, PLATFORM, ids.__contains__)
        except StoreError as error:
            structlog.get_logger().error("discord", mend=str(error))
        if not (self._places | self._closed).isdisjoint(ids):
            await self.resend(ids.__contains__)

    async def resend(self, matches: Callable[[str], bool]) -> None:
        """Post what places refused, where the bot may write now. Errors are logged.

        Args:
            matches: whether a place, by its id, is one to look at.
        """
        try:
            await post_refused(self._core, PLATFORM, lambda place: matches(place) and self._may(place))
        except StoreError as error:
            structlog.get_logger().error("discord", mend=str(error))

    def _may(self, place: str) -> bool:
        """Whether the bot may write in a place as far as it knows; from then on a refusal there is told again."""
        channel = self._channel(place)
        may = channel is not None and _may_write(channel)
        if may:
            self._places.discard(place)
            self._closed.discard(place)
        else:
            self._closed.add(place)
        return may

    def _channel(self, place: str) -> Place | None:
        found = self._client.get_channel(int(place)) if place.isdecimal() else None
        return found if isinstance(found, Place) else None

    async def _fetch(self, place: str) -> Place | None:
        """A place that the library does not know, as an archived thread; None where Discord does not tell of it."""
        try:
            found = await self._client.fetch_channel(int(place)) if place.isdecimal() else None
        except (discord.DiscordException, OSError):
            return None
        return found if isinstance(found, Place) else None

    def _explain(self, channel: Place, refusal: Unreachable) -> Reply:
        speech = self._core.languages.speech(str(channel.guild.preferred_locale), self._core.settings.language)
        told = speech.say(
            "What is for the team cannot be posted in #{channel} of {server}: Discord refuses it ({why}).",
            channel=channel.name,
            server=channel.guild.name,
            why=str(refusal),
        )
        lacking = _lacking(channel)
        mend = speech.say("The bot’s role needs there: {rights}.", rights=lacking) if lacking else ""
        later = speech.say("It is kept, and posted as soon as the bot may write there.")
        return say(*(line for line in (told, mend, later) if line))


def _lacking(channel: Place) -> str:
    """The needed permissions that the bot lacks in a channel or thread, by Discord's names; empty for none."""
    held = channel.permissions_for(channel.guild.me)
    return missing(held, THREAD if isinstance(channel, discord.Thread) else CHANNEL)


def _may_write(channel: Place) -> bool:
    held = channel.permissions_for(channel.guild.me)
    if isinstance(channel, discord.Thread):
        return held.view_channel and held.send_messages_in_threads and (held.manage_threads or not channel.locked)
    return held.view_channel and held.send_messages
