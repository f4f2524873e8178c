"""Finds messages sent to the bot while it was not connected, by reading the channels' history."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta

import discord
import structlog
from discord.abc import Messageable
from discord.utils import time_snowflake, utcnow

from adapters.bounded import BoundedDict
from adapters.discord.commands.sync import API_ERRORS, describe_error
from adapters.discord.names import PLATFORM
from bot.core import Core
from bot.delivery.envelope import account_mark
from bot.ports.inbound import Actor
from storage.engine.errors import StoreError, WrongKey
from storage.people import private_chats
from storage.traffic import inbox

CATCH_UP_WINDOW = timedelta(hours=1)
"""How far back missed messages are answered: an answer to an older one would be unexpected."""
DETECTION_DELAY = timedelta(minutes=2)
"""How long before its detection the loss of a connection, and of events, may have begun."""
MOST_MESSAGES = 500
"""The most messages read for each channel."""
MOST_CHATS = 100
"""The most private chats read: those written in last."""
IsAddressed = Callable[[discord.Message], bool]
Channel = discord.TextChannel | discord.VoiceChannel | discord.Thread


async def last_seen(core: Core) -> int | None:
    """The snowflake (id with a timestamp) from which to look for missed messages; None when no event was ever handled.

    It is earlier than the last handled event's, as newer events may have been handled before an earlier search ended.
    """
    found = await core.store.read(lambda session: inbox.last(session, PLATFORM))
    return time_snowflake(utcnow() - CATCH_UP_WINDOW) if found else None


def snowflake_before_loss() -> int:
    """A snowflake from before the earliest instant at which the connection can have been lost."""
    return time_snowflake(utcnow() - DETECTION_DELAY)


class PrivateChats:
    """Stores the ids of private chats, sealed: Discord gives bots no list of them."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._noted_on: BoundedDict[int, date] = BoundedDict()
        """The day each chat was last stored, so that it is stored once a day and not with every message."""

    async def remember(self, message: discord.Message) -> None:
        """Store the chat of a message if it is private. Errors are logged, so that the message is answered anyway."""
        if message.guild is not None or message.author.bot:
            return
        chat, today = message.channel.id, self._core.clock.now().date()
        if self._noted_on.get(chat) == today:
            return
        try:
            await self._store(message)
        except Exception as error:
            # Without it, only messages written there while the bot is not connected are missed.
            structlog.get_logger().error("discord", unnoted=type(error).__name__)
        else:
            self._noted_on[chat] = today

    async def _store(self, message: discord.Message) -> None:
        keys, author, now = self._core.store.keys, message.author, self._core.clock.now()
        holder = account_mark(keys, Actor(PLATFORM, str(author.id), author.display_name))
        sealed = keys.seal(str(message.channel.id).encode())
        await self._core.store.write(lambda session: private_chats.note(session, PLATFORM, holder, sealed, now))


async def missed(
    core: Core, client: discord.Client, since: int, is_addressed: IsAddressed
) -> AsyncIterator[discord.Message]:
    """Yield the messages addressed to the bot that were sent after a snowflake and not handled, channel by channel."""
    start = discord.Object(max(since, time_snowflake(utcnow() - CATCH_UP_WINDOW)))
    for channel in (*_channels(client, start.id), *await _private_chats(core, client)):
        found = [one for one in await _read_history(channel, start) if is_addressed(one)]
        known = await _already_handled(core, found) if found else set()
        for message in found:
            if str(message.id) not in known:
                yield message


async def _read_history(channel: Messageable, start: discord.Object) -> list[discord.Message]:
    """The messages in a channel since `start`; none when Discord refuses, so that other channels are still read."""
    try:
        return [one async for one in channel.history(limit=MOST_MESSAGES, after=start, oldest_first=True)]
    except (discord.Forbidden, discord.NotFound):
        return []
    except API_ERRORS as error:
        structlog.get_logger().error("discord", missed=describe_error(error))
        return []


async def _already_handled(core: Core, messages: list[discord.Message]) -> set[str]:
    """The ids of messages the inbox has as handled. Empty when it cannot be read, as it refuses duplicates anyway."""
    ids = [str(one.id) for one in messages]
    with suppress(StoreError):
        return await core.store.read(lambda session: inbox.handled(session, PLATFORM, ids))
    return set()


async def _private_chats(core: Core, client: discord.Client) -> list[discord.PartialMessageable]:
    sealed, numbers = list[bytes](), list[int]()
    with suppress(StoreError):
        sealed = await core.store.read(lambda session: private_chats.recent(session, PLATFORM, MOST_CHATS))
    for one in sealed:
        # An id sealed under a former key cannot be read.
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
