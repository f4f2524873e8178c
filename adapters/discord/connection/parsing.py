"""Keeps the connection when the library cannot read an event, which would otherwise end it."""

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
