"""Replaces Discord's tokens in exported texts by words, such as `<@123>` by `@someone`."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_TOKEN = re.compile(
    r"<(?:@!?(?P<person>\d{15,20})|@&(?P<role>\d{15,20})|#(?P<channel>\d{15,20})|a?:(?P<emoji>\w{1,32}):\d{15,20}"
    r"|t:(?P<time>-?\d{1,13})(?::[tTdDfFsSR])?|/(?P<command>[^:<>]{1,100}):\d{15,20})>"
)


def _time(seconds: str, zone: ZoneInfo) -> str:
    try:
        return f"{datetime.fromtimestamp(int(seconds), UTC).astimezone(zone):%Y-%m-%d %H:%M}"
    except (OverflowError, ValueError, OSError):
        return seconds


_WORDS: Mapping[str, Callable[[str, ZoneInfo], str]] = {
    "person": lambda *_: "@someone",
    "role": lambda *_: "@role",
    "channel": lambda *_: "#channel",
    "emoji": lambda name, _: f":{name}:",
    "time": _time,
    "command": lambda name, _: f"/{name}",
}


def with_words(text: str, zone: ZoneInfo) -> str:
    """The text with words in place of tokens, whose account numbers mean nothing to readers and must not be stored.

    Args:
        zone: the time zone in which times are written.
    """
    return _TOKEN.sub(lambda hit: _WORDS[hit.lastgroup or ""](hit[hit.lastgroup or 0], zone), text)
