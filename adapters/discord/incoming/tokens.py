"""Finds the words for Discord's tokens in texts: people, roles, channels, emoji, times and commands.

The account number in `<@123>` means nothing to a digest's reader, and must not be stored.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import discord

TOKEN = re.compile(
    r"<(?:@!?(?P<person>\d{15,20})|@&(?P<role>\d{15,20})|#(?P<channel>\d{15,20})|a?:(?P<emoji>\w{1,32}):\d{15,20}"
    r"|t:(?P<time>-?\d{1,13})(?::[tTdDfFsSR])?|/(?P<command>[^:<>]{1,100}):\d{15,20}|id:(?P<guide>\w{1,32}))>"
    r"|https?://(?:\w+\.)?discord(?:app)?\.com/users/(?P<profile>\d{15,20})/?"
)
UNKNOWN = {"person": "@someone", "role": "@role", "channel": "#channel"}
"""The words for tokens whose name the bot does not know."""
Words = str | datetime
"""The meaning of a token; an instant is formatted later, in the language of the community."""


def read_tokens(
    texts: Iterable[str], guild: discord.Guild | None, people: Mapping[int, str] | None = None
) -> dict[str, Words]:
    """The tokens in these texts, each with the words for it.

    Args:
        guild: the server whose roles and channels they may name.
        people: the display names of people, by their ids.
    """
    found = (match for text in texts for match in TOKEN.finditer(text))
    return {match[0]: _words(match, guild, people or {}) for match in found}


def people_of(data: Mapping[str, Any]) -> dict[int, str]:
    """The display names of the people described in an interaction or a message, by account id."""
    described = data.get("resolved", {})
    users, members = described.get("users", {}), described.get("members", {})
    known = [*users.values(), *data.get("mentions", ())]
    return {int(user["id"]): _display_name(user, members.get(user["id"], {})) for user in known}


def _display_name(user: Mapping[str, Any], member: Mapping[str, Any]) -> str:
    return str(member.get("nick") or user.get("global_name") or user.get("username") or "")


def _words(match: re.Match[str], guild: discord.Guild | None, people: Mapping[int, str]) -> Words:
    kind, value = match.lastgroup or "", match[match.lastgroup or 0]
    words = _READERS[kind](value, guild, people)
    # A name may look like a token.
    return UNKNOWN.get(kind, "") if isinstance(words, str) and TOKEN.search(words) else words


def _person(value: str, guild: discord.Guild | None, people: Mapping[int, str]) -> str:
    known = people.get(int(value)) or _name(guild.get_member(int(value)) if guild else None, "display_name")
    return f"@{known}" if known else UNKNOWN["person"]


def _role(value: str, guild: discord.Guild | None, _: Mapping[int, str]) -> str:
    known = _name(guild.get_role(int(value)) if guild else None, "name")
    return f"@{known.removeprefix('@')}" if known else UNKNOWN["role"]


def _channel(value: str, guild: discord.Guild | None, _: Mapping[int, str]) -> str:
    known = _name(guild.get_channel_or_thread(int(value)) if guild else None, "name")
    return f"#{known}" if known else UNKNOWN["channel"]


def _time(value: str, *_: object) -> Words:
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (OverflowError, ValueError, OSError):
        return value


def _name(found: object, attribute: str) -> str:
    return str(getattr(found, attribute, "") or "")


_READERS: Mapping[str, Callable[[str, discord.Guild | None, Mapping[int, str]], Words]] = {
    "person": _person,
    "profile": _person,
    "role": _role,
    "channel": _channel,
    "time": _time,
    "emoji": lambda value, *_: f":{value}:",
    "command": lambda value, *_: f"/{value}",
    "guide": lambda value, *_: f"#{value}",
}
