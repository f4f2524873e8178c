"""Reads the messages of a chat that Telegram Desktop wrote as `result.json`."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.transfer.chats.anonymising import GONE
from bot.transfer.chats.message import Message
from bot.transfer.incoming.presets.chats import reactions_for
from bot.transfer.incoming.presets.preset import text_of

PEOPLE = frozenset({"mention", "mention_name", "phone", "email", "bank_card"})
"""The kinds of parts of a text that identify a person."""
FORWARDED = ("forwarded_from", "forwarded_from_id", "via_bot")


class Reader:
    """Reads the messages of one chat.

    Args:
        zone: the time zone of dates without one.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._topics: set[str] = set()

    def read(self, entry: Mapping[str, Any]) -> Message | None:
        """The message in an entry; None when no person wrote it.

        Raises:
            ValueError: it has no date.
        """
        own, replied = text_of(entry.get("id")), text_of(entry.get("reply_to_message_id"))
        if entry.get("type") != "message":
            if entry.get("action") == "topic_created":
                self._topics.add(own)
            return None
        speaker = text_of(entry.get("from_id")) or text_of(entry.get("from"))
        if not speaker:
            return None
        # In a forum, a message that replies to no other has its topic as the message it replies to.
        topic = replied if replied in self._topics else ""
        parts = list(_parts(entry.get("text")))
        return Message(
            own,
            self._moment(entry),
            speaker,
            "".join(GONE if kind in PEOPLE else text for kind, text in parts),
            _named(entry.get("from")),
            tuple(text.lstrip("@") for kind, text in parts if kind.startswith("mention")),
            "" if topic else replied,
            topic,
            reactions=reactions_for(entry.get("reactions") or ()),
            own=not any(entry.get(key) for key in FORWARDED),
        )

    def _moment(self, entry: Mapping[str, Any]) -> datetime:
        seconds = text_of(entry.get("date_unixtime"))
        if seconds:
            return datetime.fromtimestamp(int(seconds), UTC)
        found = datetime.fromisoformat(text_of(entry.get("date")))
        return found if found.tzinfo else found.replace(tzinfo=self._zone)


def _parts(text: Any) -> Iterator[tuple[str, str]]:
    """The kind and the words of each part of a text; the kind of plain parts is empty."""
    for part in text if isinstance(text, list) else [text]:
        if isinstance(part, Mapping):
            yield text_of(part.get("type")), text_of(part.get("text"))
        else:
            yield "", text_of(part)


def _named(name: Any) -> tuple[str, ...]:
    found = text_of(name).strip()
    return (found,) if found else ()
