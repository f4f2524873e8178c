"""Reads values that several layouts share: language codes, and keys with several names."""

import re
from collections.abc import Container, Sequence
from datetime import date
from typing import Any

from bot.cells import storable

MOST_TAGS = 20
"""The most tags of an answer that are kept."""
_BETWEEN = re.compile(r"[,;|\n]")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


def language_code(word: str) -> str | None:
    """A language code in the usual form, such as `en` for `EN`; None when a word is not a language code."""
    head, dash, tail = word.strip().replace("_", "-").partition("-")
    code = head.lower() + dash + tail
    return code if LANGUAGE.match(code) else None


def first(held: Container[str], names: Sequence[str]) -> str | None:
    """The first of some names that is in a container; None when none is."""
    return next((name for name in names if name in held), None)


def tags(value: Any) -> tuple[str, ...]:
    """The tags in a list, or in a text between commas, semicolons, bars or line breaks; each once."""
    parts = _BETWEEN.split(value) if isinstance(value, str) else value if isinstance(value, list) else ()
    found = (storable(" ".join(str(part).split())) for part in parts)
    return tuple(dict.fromkeys(one for one in found if one))[:MOST_TAGS]


def day(value: Any) -> date | None:
    """A day from a text in ISO 8601; None for any other value."""
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
