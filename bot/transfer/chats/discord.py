"""Reads the messages of a channel that DiscordChatExporter wrote as JSON."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.transfer.chats.message import Message
from bot.transfer.incoming.presets.chats import SAID, reactions_for, read_discord
from bot.transfer.incoming.presets.preset import text_of

REPLIES = ("Reply", "19")


def read(entry: Mapping[str, Any]) -> Message | None:
    """The message in an entry; None when no person wrote it.

    Raises:
        ValueError: it has no date.
    """
    author = entry.get("author")
    if text_of(entry.get("type")) not in SAID or not isinstance(author, Mapping) or author.get("isBot"):
        return None
    mentions = [one for one in entry.get("mentions") or () if isinstance(one, Mapping)]
    return Message(
        text_of(entry.get("id")),
        _moment(entry.get("timestamp")),
        _account(author),
        text_of(entry.get("content")),
        tuple(_names(author)),
        tuple(name for one in mentions for name in _names(one)),
        _replied(entry),
        addressed=frozenset(map(_account, mentions)),
        reactions=reactions_for(entry.get("reactions") or ()),
    )


def shows_idea(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is an idea that is voted on, as suggestion bots post them."""
    cells = read_discord(entry)
    is_bot = bool((entry.get("author") or {}).get("isBot"))
    return cells is not None and is_bot and bool(cells.get("support"))


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(text_of(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _account(person: Mapping[str, Any]) -> str:
    return text_of(person.get("id")) or text_of(person.get("name"))


def _names(person: Mapping[str, Any]) -> Iterator[str]:
    for key in ("name", "nickname"):
        if name := text_of(person.get(key)).strip():
            yield name


def _replied(entry: Mapping[str, Any]) -> str:
    reference = entry.get("reference")
    # What is forwarded has a reference, too.
    is_reply = text_of(entry.get("type")) in REPLIES
    return text_of(reference.get("messageId")) if is_reply and isinstance(reference, Mapping) else ""
