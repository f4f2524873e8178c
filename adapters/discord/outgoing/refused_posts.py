"""Handles messages that places refuse: the server's owner is notified, and they are sent again later."""

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
    """The places in which one bot may not write.

    Args:
        send: sends to an address.
    """

    def __init__(self, core: Core, client: discord.Client, send: Send) -> None:
        self._core = core
        self._client = client
        self._send = send
        self._places: set[str] = set()
        """The refusing places whose server's owner was notified."""
        self._closed: set[str] = set()
        """The places where the bot was not allowed to write at the last check."""

    async def add(self, address: Address, refusal: Unreachable) -> None:
        """Record that a place refused a message, and notify the server's owner, once until it accepts one again."""
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
        """Resend messages and cards that these places refused, where the bot may write now. Errors are logged.

        Nothing is read from the store for messages unless one of these places is known to have refused one.
        """
        try:
            await retry_cards(self._core, PLATFORM, ids.__contains__)
        except StoreError as error:
            structlog.get_logger().error("discord", mend=str(error))
        if not (self._places | self._closed).isdisjoint(ids):
            await self.resend(ids.__contains__)

    async def resend(self, matches: Callable[[str], bool]) -> None:
        """Resend messages that places refused, where the bot may write now. Errors are logged.

        Args:
            matches: whether to consider the place with this id.
        """
        try:
            await post_refused(self._core, PLATFORM, lambda place: matches(place) and self._may(place))
        except StoreError as error:
            structlog.get_logger().error("discord", mend=str(error))

    def _may(self, place: str) -> bool:
        """Whether the bot may write in a place, as far as it knows; if so, the next refusal there is notified again."""
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
        """Fetch a place that the library does not cache, such as an archived thread; None if Discord refuses."""
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
    """Discord's names of the needed permissions that the bot lacks in a channel or thread; empty for none."""
    held = channel.permissions_for(channel.guild.me)
    return missing(held, THREAD if isinstance(channel, discord.Thread) else CHANNEL)


def _may_write(channel: Place) -> bool:
    held = channel.permissions_for(channel.guild.me)
    if isinstance(channel, discord.Thread):
        return held.view_channel and held.send_messages_in_threads and (held.manage_threads or not channel.locked)
    return held.view_channel and held.send_messages
