"""Chats as DiscordChatExporter and Telegram Desktop write them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

MONDAY = datetime(2025, 3, 3, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """What somebody says.

    Attributes:
        after: seconds after the line before.
        to: the number of the line it answers, from 0.
        mentions: whom it mentions.
    """

    who: str
    text: str
    after: int = 20
    to: int | None = None
    mentions: tuple[str, ...] = ()
    liked: int = 0
    bot: bool = False


def account(who: str) -> str:
    """The number of somebody's account."""
    return str(300_000_000_000_000_000 + sum(ord(char) * 131**place for place, char in enumerate(who[:6])))


def _person(who: str, *, bot: bool = False) -> dict[str, Any]:
    return {
        "id": account(who),
        "name": who.lower().replace(" ", "."),
        "discriminator": "0000",
        "nickname": who,
        "color": None,
        "isBot": bot,
        "roles": [],
        "avatarUrl": f"https://cdn.discordapp.com/avatars/{account(who)}/a.png",
    }


def discord(lines: Sequence[Line], **more: Any) -> str:
    """A channel, as DiscordChatExporter writes it."""
    at, said = MONDAY, []
    for number, line in enumerate(lines):
        at += timedelta(seconds=line.after)
        entry = {
            "id": _discord_id(number),
            "type": "Default" if line.to is None else "Reply",
            "timestamp": at.isoformat(timespec="milliseconds"),
            "timestampEdited": None,
            "callEndedTimestamp": None,
            "isPinned": False,
            "content": line.text,
            "author": _person(line.who, bot=line.bot),
            "attachments": [],
            "embeds": [],
            "stickers": [],
            "reactions": [{"emoji": {"id": "", "name": "👍", "code": "thumbsup"}, "count": line.liked}]
            if line.liked
            else [],
            "mentions": [_person(who) for who in line.mentions],
        }
        if line.to is not None:
            entry["reference"] = {"messageId": _discord_id(line.to), "channelId": "2", "guildId": "1"}
        said.append({**entry, **more})
    guild = {"id": "1", "name": "Plaza", "iconUrl": ""}
    channel = {"id": "2", "type": "GuildTextChat", "name": "help", "topic": None}
    whole = {"guild": guild, "channel": channel, "messages": said, "messageCount": len(said)}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _discord_id(number: int) -> str:
    return str(900_000_000_000_000_000 + number * 4096)


def telegram(lines: Sequence[Line], kind: str = "public_supergroup", **more: Any) -> str:
    """A chat, as Telegram Desktop writes it."""
    at, said = MONDAY, []
    for number, line in enumerate(lines):
        at += timedelta(seconds=line.after)
        entry: dict[str, Any] = {
            "id": number + 1,
            "type": "message",
            "date": at.strftime("%Y-%m-%dT%H:%M:%S"),
            "date_unixtime": str(int(at.timestamp())),
            "from": line.who,
            "from_id": f"user{account(line.who)}",
            "text": line.text,
        }
        if line.to is not None:
            entry["reply_to_message_id"] = line.to + 1
        if line.liked:
            entry["reactions"] = [{"type": "emoji", "emoji": "👍", "count": line.liked}]
        said.append({**entry, **more})
    return json.dumps({"name": "Plaza", "type": kind, "id": 1234, "messages": said}, ensure_ascii=False, indent=1)


LAYOUTS = {"discord": discord, "telegram": telegram}
QUESTION = "How do I change the address of my parcel?"
ANSWER = "Open the order, press Change, and write the new address before noon."
TALK = (
    Line("Ada Lovelace", "Good morning everyone!"),
    Line("Ada Lovelace", QUESTION),
    Line("Ben Okri", ANSWER, to=1, mentions=("Ada Lovelace",)),
    Line("Ada Lovelace", "Thanks, that worked!", to=2, mentions=("Ben Okri",)),
    Line("Cleo", "Nice weather today", after=7 * 24 * 3600),
)
