"""Makes the library skip events it cannot read, which would end the connection, and the bot's own messages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog

Parser = Callable[[Any], None]
NEEDED = frozenset({"READY", "RESUMED"})
"""Events without which the connection is useless: an error in them is raised."""


def guard(parsers: dict[str, Parser]) -> None:
    """Wrap each parser so that an event it cannot read is skipped, and logged by name and error, once for each kind."""
    told: set[tuple[str, str]] = set()
    for name, parse in list(parsers.items()):
        if name not in NEEDED:
            parsers[name] = _guarded(name, parse, told)


def pass_over_own(parsers: dict[str, Parser], own: Callable[[], int | None]) -> None:
    """Make the library skip the events of the bot's own messages, which every answer causes and nothing uses.

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
            # Not the error's message, which may quote a member's text.
            kind = type(error).__name__
            if (name, kind) not in told:
                told.add((name, kind))
                structlog.get_logger().error("discord", unreadable=name, error=kind)

    return read
