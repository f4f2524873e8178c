"""Which events the library reads: none that it cannot, which would end the connection, and no message of the bot."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog

Parser = Callable[[Any], None]
NEEDED = frozenset({"READY", "RESUMED"})
"""The events without which the connection is of no use."""


def guard(parsers: dict[str, Parser]) -> None:
    """Let each parser pass over an event it cannot read, and log its name and error, once for each kind."""
    told: set[tuple[str, str]] = set()
    for name, parse in list(parsers.items()):
        if name not in NEEDED:
            parsers[name] = _guarded(name, parse, told)


def pass_over_own(parsers: dict[str, Parser], own: Callable[[], int | None]) -> None:
    """Let the library make nothing of the bot's own messages, which nobody listens to: each of its answers is one.

    Args:
        own: returns the id of the bot's account, once it is known.
    """
    parse = parsers["MESSAGE_CREATE"]

    @wraps(parse)
    def read(data: Any) -> None:
        if data["author"]["id"] != str(own()):
            parse(data)

    parsers["MESSAGE_CREATE"] = read


def _guarded(name: str, parse: Parser, told: set[tuple[str, str]]) -> Parser:
    @wraps(parse)
    def read(data: Any) -> None:
        try:
            parse(data)
        except Exception as error:
            # Its message could hold a member's words.
            kind = type(error).__name__
            if (name, kind) not in told:
                told.add((name, kind))
                structlog.get_logger().error("discord", unreadable=name, error=kind)

    return read
