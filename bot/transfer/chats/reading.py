"""Reads an exported chat one message at a time, and refuses other files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import OperatorError
from bot.transfer.chats import discord, telegram
from bot.transfer.chats.message import Message
from bot.transfer.incoming.reading.source import HEAD, Source

PLATFORMS = {"discord": "DiscordChatExporter's JSON", "telegram": "Telegram Desktop's result.json"}
"""By platform, the name of the export that is read."""
SAMPLE = 300
"""The number of first messages by which a channel of ideas is recognised."""
PRIVATE = frozenset({"personal_chat", "saved_messages", "bot_chat"})
_MARK = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Remarks:
    """Remarks on the reading of a chat.

    Attributes:
        undated: the number of messages without a date, which are left out.
        backwards: the number of messages that are older than the one before.
        cut: whether the file is incomplete or damaged.
    """

    undated: int = 0
    backwards: int = 0
    cut: bool = False

    def lines(self) -> Iterator[str]:
        """The remarks as lines of text."""
        if self.undated:
            yield f"{self.undated:,} messages without a date were left out"
        if self.backwards:
            yield f"{self.backwards:,} messages are older than the one before: answers are looked for in order of dates"
        if self.cut:
            yield "the file is cut off or damaged: what comes after its last whole message is left out"


@dataclass(slots=True)
class Chat:
    """An exported chat.

    Args:
        source: its file.
        platform: `discord` or `telegram`.
        zone: the time zone of dates without one.

    Raises:
        OperatorError: the file is something else.
    """

    source: Source
    platform: str
    zone: ZoneInfo
    remarks: Remarks = field(default_factory=Remarks)

    def __post_init__(self) -> None:
        check(self.source, self.platform)
        if self.platform == "discord" and self.source.again:
            first = list(islice(self._entries(), SAMPLE))
            if sum(map(discord.shows_idea, first)) * 2 > len(first):
                raise OperatorError(
                    f"{self.source.name} is a channel of ideas with votes: "
                    f"`portevoix import discord-suggestions` brings them in."
                )

    def messages(self) -> Iterator[Message]:
        """The messages that people wrote, in the order of the file, without repetitions in a row."""
        self.remarks = Remarks()
        read, before = self._reader(), None
        for entry in self._entries():
            try:
                message = read(entry)
            except (ValueError, OverflowError, OSError):
                self.remarks.undated += 1
                continue
            if message is None or (before and message.id and message.id == before.id):
                continue
            self.remarks.backwards += bool(before and message.at < before.at)
            before = message
            yield message

    def _reader(self) -> Callable[[Mapping[str, Any]], Message | None]:
        return discord.read if self.platform == "discord" else telegram.Reader(self.zone).read

    def _entries(self) -> Iterator[Mapping[str, Any]]:
        import ijson  # noqa: PLC0415 - for who imports such a file

        with self.source.binary() as raw:
            if self.source.head.startswith(_MARK):
                raw.read(len(_MARK))
            try:
                for entry in ijson.items(raw, "messages.item", use_float=True):
                    if isinstance(entry, Mapping):
                        yield entry
            except (ijson.JSONError, UnicodeDecodeError):
                self.remarks.cut = True


def check(source: Source, platform: str) -> None:
    """Check by its beginning that a file is a chat of this platform.

    Raises:
        OperatorError: it is not; the message says what to do.
    """
    head = source.head[:HEAD].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    name, other = source.name, next(one for one in PLATFORMS if one != platform)
    found = _kind(head)
    if found is None:
        raise OperatorError(f"{name} is not {PLATFORMS[platform]}: export the chat as JSON, one chat in a file.")
    if found == "account":
        raise OperatorError(f"{name} is the export of a whole account: export the community's chat alone.")
    if found in PRIVATE:
        raise OperatorError(f"{name} is a private conversation: only a community's chat is read.")
    if found != platform:
        raise OperatorError(f"{name} is {PLATFORMS[found]}: `portevoix import {other}` reads it.")


def _kind(head: str) -> str | None:
    """The platform of an export; `account` or the type of a private chat, which are not read; None for other files."""
    if not head.startswith("{"):
        return None
    before = head.split('"messages"', 1)[0]
    if '"chats"' in before or '"personal_information"' in before:
        return "account"
    if '"messages"' not in head:
        return None
    if '"guild"' in before or '"channel"' in before or '"timestamp"' in head:
        return "discord"
    found = next((one for one in PRIVATE if f'"{one}"' in before), None)
    return found or "telegram"
