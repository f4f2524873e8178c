"""Reads the front matter of a Markdown file, whose values apply to all answers in it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.knowledge.sources.draft import Draft, Problem
from bot.knowledge.sources.values import day, language_code, tags
from bot.language.text.normalise import fold
from storage.values import frozen

WRITTEN = ("updated", "lastmod", "last modified", "last updated", "modified", "date")
UNTIL = ("valid until", "expires", "expiry", "expirydate", "expiration")
LANGUAGES = ("language", "lang", "langue")
TAGS = ("tags", "tag", "etiquettes", "keywords", "mots cles")
"""For each value, the keys it may have, folded, the most likely first."""
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


@frozen
class Facts:
    """The values that apply to all answers of a file, unless an answer has its own."""

    written_on: date | None = None
    valid_until: date | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()

    def apply(self, found: Iterable[Draft | Problem]) -> Iterator[Draft | Problem]:
        """The answers, with these values where they have none of their own."""
        for one in found:
            yield self._apply(one) if isinstance(one, Draft) else one

    def _apply(self, one: Draft) -> Draft:
        return replace(
            one,
            written_on=one.written_on or self.written_on,
            valid_until=one.valid_until or self.valid_until,
            language=one.language or self.language,
            tags=one.tags or self.tags,
        )


def read_facts(text: str) -> Facts:
    """The values in the front matter of a text; none without one, or when it cannot be read."""
    front = _FRONT.match(text)
    held = _load(front["yaml"]) if front else {}
    spoken = _first(held, LANGUAGES)
    return Facts(
        written_on=_day(_first(held, WRITTEN)),
        valid_until=_day(_first(held, UNTIL)),
        language=language_code(spoken) if isinstance(spoken, str) else None,
        tags=tags(_first(held, TAGS)),
    )


def _load(text: str) -> Mapping[str, Any]:
    import yaml  # noqa: PLC0415 - only files with front matter need it

    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    held = found.items() if isinstance(found, dict) else ()
    return {fold(str(key)).replace("_", " ").replace("-", " "): value for key, value in held}


def _first(held: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((held[name] for name in names if held.get(name)), None)


def _day(value: Any) -> date | None:
    """A day, from a date, or from a text that begins with one in ISO 8601."""
    return day(str(value)[:10]) if isinstance(value, date | str) else None
