"""Reads exported channels of suggestions: each message that is an idea, with its votes, without people."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.language.text.normalise import fold
from bot.transfer.incoming.presets import embeds
from bot.transfer.incoming.presets.embeds import NO_VOTE, UP
from bot.transfer.incoming.presets.preset import Cells, Entries, Preset, text_of
from bot.transfer.incoming.reading.sheet import Sheet
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.reading.table import Table

SAID = ("Default", "Reply", "0", "19")
"""The types of Discord messages that people or bots wrote."""
COLUMNS = {"text": ("content",), "at": ("date",), "support": ("reactions",)}
_COMMAND = re.compile(r"\A[/!.](?:suggest|suggestion|idea|idee|suggerer)(?:@\w+)?\s+", re.IGNORECASE)


def read_discord(entry: Mapping[str, Any]) -> Cells | None:
    """The cells of a message of DiscordChatExporter: from an embed of a suggestion bot, else of a person's message."""
    if text_of(entry.get("type")) not in SAID:
        return None
    is_bot = bool((entry.get("author") or {}).get("isBot"))
    cells = next(filter(None, map(embeds.read, entry.get("embeds") or ())), None) if is_bot else None
    if cells is None and (is_bot or not text_of(entry.get("content")).strip()):
        return None
    own = cells or {"text": _COMMAND.sub("", text_of(entry.get("content")))}
    voted = own.get("support") or _reacted(entry.get("reactions") or (), own_votes=int(is_bot))
    return {**own, "support": voted, "id": text_of(entry.get("id")), "at": text_of(entry.get("timestamp"))}


def read_telegram(entry: Mapping[str, Any]) -> Cells | None:
    """The cells of a message of Telegram Desktop; None for replies and service messages."""
    text = "".join(_parts(entry.get("text")))
    if entry.get("type") != "message" or not text.strip() or entry.get("reply_to_message_id"):
        return None
    return {
        "id": text_of(entry.get("id")),
        "text": _COMMAND.sub("", text).strip(),
        "at": text_of(entry.get("date_unixtime") or entry.get("date")),
        "support": _reacted(entry.get("reactions") or (), own_votes=0),
    }


def _parts(text: Any) -> Iterator[str]:
    for part in text if isinstance(text, list) else [text]:
        yield text_of(part.get("text")) if isinstance(part, Mapping) else text_of(part)


def _reacted(reactions: Any, own_votes: int) -> str:
    """The votes by reactions: with a sign for yes, else with the first sign, less the bot's own."""
    counted = [(_sign(one), int(one.get("count") or 0)) for one in reactions if isinstance(one, Mapping)]
    up = [number for sign, number in counted if sign in UP] or [
        number for sign, number in counted[:1] if sign not in NO_VOTE
    ]
    return str(max(max(up) - own_votes, 0)) if up else ""


def reactions_for(reactions: Any) -> int:
    """The number of the most frequent approving reaction to a message."""
    counted = [
        int(one.get("count") or 0) for one in reactions if isinstance(one, Mapping) and _sign(one) not in NO_VOTE
    ]
    return max(counted, default=0)


def _sign(reaction: Mapping[str, Any]) -> str:
    emoji = reaction.get("emoji")
    name = emoji.get("name") if isinstance(emoji, Mapping) else emoji
    return fold(text_of(name)).replace("\ufe0f", "").strip(":")


def _discord(source: Source) -> Table:
    if source.sample().lstrip("\ufeff \t\r\n").startswith("{"):
        return Entries(source, ("messages",), read_discord)
    return Sheet(source, COLUMNS)


def _telegram(source: Source) -> Entries:
    return Entries(source, ("messages",), read_telegram)


PRESETS = (
    Preset("discord-suggestions", "Bring in a channel of ideas: DiscordChatExporter's JSON or CSV, without people.",
           _discord, "discord"),
    Preset("telegram-suggestions", "Bring in a chat of ideas: Telegram Desktop's result.json, without people.",
           _telegram, "telegram"),
)  # fmt: skip
