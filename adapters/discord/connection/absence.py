"""What was said to the bot while it was away: looked for once it is back."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta

import discord
import structlog
from discord.abc import Messageable
from discord.utils import time_snowflake, utcnow

from adapters.discord.commands.sync import REFUSALS, words
from adapters.discord.names import PLATFORM
from adapters.recent import Recent
from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.ports.inbound import Actor
from storage import inbox, private_chats
from storage.engine.errors import StoreError, WrongKey

PATIENCE = timedelta(hours=1)
"""What is older is left: whoever asked has gone on, and an answer would be a surprise."""
UNNOTICED = timedelta(minutes=2)
"""How long a connection may have been dead before anybody noticed, or an event been on its way when the bot died."""
MOST = 500
"""Messages looked at in a channel."""
MOST_CHATS = 100
"""Private chats looked into: those somebody wrote in last."""
Meant = Callable[[discord.Message], bool]
Channel = discord.TextChannel | discord.VoiceChannel | discord.Thread


async def last_seen(core: Core) -> int | None:
    """An id from before anything still to be looked for; None when nothing ever was handled, and so nothing missed.

    Not from what was handled last: what came live meanwhile may have overtaken what an earlier search left.
    """
    found = await core.store.read(lambda session: inbox.last(session, PLATFORM))
    return time_snowflake(utcnow() - PATIENCE) if found else None


def now() -> int:
    """An id for what came before the connection can have been lost."""
    return time_snowflake(utcnow() - UNNOTICED)


class Chats:
    """Keeps where people write to the bot alone: Discord tells no bot which private chats it has."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._noted: Recent[int, date] = Recent()
        """The day a chat was noted last: it is written down once a day, not with every message."""

    async def note(self, message: discord.Message) -> None:
        """Keep where a message was written, if that is a private chat; whatever goes wrong, it is answered."""
        if message.guild is not None or message.author.bot:
            return
        chat, today = message.channel.id, self._core.clock.now().date()
        if self._noted.get(chat) == today:
            return
        try:
            await self._write(message)
        except Exception as error:
            # Nothing is lost but what they write while the bot is away.
            structlog.get_logger().error("discord", unnoted=type(error).__name__)
        else:
            self._noted[chat] = today

    async def _write(self, message: discord.Message) -> None:
        keys, author, now = self._core.store.keys, message.author, self._core.clock.now()
        holder = account_mark(keys, Actor(PLATFORM, str(author.id), author.display_name))
        sealed = keys.seal(str(message.channel.id).encode())
        await self._core.store.write(lambda session: private_chats.note(session, PLATFORM, holder, sealed, now))


async def missed(core: Core, client: discord.Client, since: int, meant: Meant) -> AsyncIterator[discord.Message]:
    """The messages to the bot after an id that are not too old and were not handled, channel by channel."""
    start = discord.Object(max(since, time_snowflake(utcnow() - PATIENCE)))
    for channel in (*_channels(client, start.id), *await _private_chats(core, client)):
        found = [one for one in await _said_in(channel, start) if meant(one)]
        known = await _handled(core, found) if found else set()
        for message in found:
            if str(message.id) not in known:
                yield message


async def _said_in(channel: Messageable, start: discord.Object) -> list[discord.Message]:
    """What was said in a channel; one that refuses keeps back no other."""
    try:
        return [one async for one in channel.history(limit=MOST, after=start, oldest_first=True)]
    except (discord.Forbidden, discord.NotFound):
        return []
    except REFUSALS as error:
        structlog.get_logger().error("discord", missed=words(error))
        return []


async def _handled(core: Core, messages: list[discord.Message]) -> set[str]:
    """Those that need not be handled again; that they are not answered twice is the inbox's."""
    ids = [str(one.id) for one in messages]
    with suppress(StoreError):
        return await core.store.read(lambda session: inbox.handled(session, PLATFORM, ids))
    return set()


async def _private_chats(core: Core, client: discord.Client) -> list[discord.PartialMessageable]:
    sealed, numbers = list[bytes](), list[int]()
    with suppress(StoreError):
        sealed = await core.store.read(lambda session: private_chats.recent(session, PLATFORM, MOST_CHATS))
    for one in sealed:
        # One sealed under a key of before leads nowhere any more.
        with suppress(WrongKey):
            numbers.append(int(core.store.keys.unseal(one)))
    return [client.get_partial_messageable(number, type=discord.ChannelType.private) for number in numbers]


def _channels(client: discord.Client, start: int) -> Iterator[Channel]:
    for guild in client.guilds:
        theirs: tuple[Channel, ...] = (*guild.text_channels, *guild.voice_channels, *guild.threads)
        yield from (one for one in theirs if (one.last_message_id or 0) > start and _readable(one))


def _readable(channel: Channel) -> bool:
    rights = channel.permissions_for(channel.guild.me)
    return rights.view_channel and rights.read_message_history
