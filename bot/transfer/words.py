"""Reads the values of a file's cells: kinds and areas in any language, audiences, instants and numbers."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.cells import abridge
from bot.commands.former import VISIBILITIES
from bot.commands.registry import Registry
from bot.language.text.normalise import fold
from bot.locales.areas import Areas
from bot.locales.speech import Speech
from bot.locales.words import KIND_OF
from storage.vocabulary import Audience, Kind, Naming

LONGEST_AREA = 60
"""The most characters of an area that is not one of the community's."""
SYNONYMS: Mapping[Kind, tuple[str, ...]] = {
    Kind.SUGGESTION: ("proposal", "proposition", "request", "demande", "feature", "feature request", "improvement",
                      "enhancement", "amélioration", "fonctionnalité", "feedback"),
    Kind.PROBLEM: ("complaint", "réclamation", "plainte", "issue", "bug", "bug report", "incident", "defect",
                   "anomalie"),
    Kind.PRAISE: ("compliment", "thanks", "thank you", "merci", "remerciement", "félicitations"),
}  # fmt: skip
"""Further words for each kind in files, besides the product's own words and commands."""

_COUNT = re.compile(r"\d{1,9}\Z", re.ASCII)


class Kinds:
    """The kinds of feedback by their words: the product's in each language, their commands' names, and synonyms."""

    def __init__(self, registry: Registry, speeches: Iterable[Speech]) -> None:
        spoken = list(speeches)
        self._known: dict[str, Kind] = {}
        for name, kind in KIND_OF.items():
            command = registry.find(name)
            words = [kind.value, *(speech.word(kind) for speech in spoken), *SYNONYMS[kind]]
            for word in (*words, *(command.all_names if command else ())):
                self._known.setdefault(_singular(word), kind)

    def read(self, word: str) -> Kind:
        """The kind a word stands for, in any case, with or without accents, in the singular or plural.

        Raises:
            ValueError: it stands for none.
        """
        kind = self._known.get(_singular(word))
        if kind is None:
            raise ValueError(f"“{abridge(word)}” is not a kind: suggestion, problem or praise")
        return kind


def read_area(areas: Areas, word: str) -> str | None:
    """The area to store for a word: the community's or the impact of that name, else the word itself; None if empty."""
    word = word.strip()
    return areas.find(word) or word[:LONGEST_AREA].rstrip() or None


def read_audience(word: str) -> Audience:
    """The audience in a cell, as an export writes it.

    Raises:
        ValueError: it is not an audience.
    """
    try:
        return Audience(fold(word))
    except ValueError:
        raise ValueError(f"“{abridge(word)}” is not an audience: everyone, team or trusted") from None


def read_naming(word: str) -> Naming:
    """The naming in a cell, as an export writes it.

    Raises:
        ValueError: it is not a naming.
    """
    try:
        return Naming(fold(word))
    except ValueError:
        raise ValueError(f"“{abridge(word)}” is neither: named or nameless") from None


def read_visibility(word: str) -> tuple[Audience, Naming]:
    """The audience and the naming in a cell `visibility`, in which earlier versions exported both as one word.

    Raises:
        ValueError: it is not a visibility.
    """
    found = VISIBILITIES.get(fold(word))
    if found is None:
        raise ValueError(f"“{abridge(word)}” is not a visibility: named, nameless or team")
    return found


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """The instant of an ISO 8601 date or date and time, aware, UTC.

    Args:
        zone: the zone of one without an offset.

    Raises:
        ValueError: it is not one.
    """
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"“{abridge(text)}” is not an ISO 8601 date, such as 2026-03-04T10:00:00+01:00") from None


def read_count(text: str) -> int:
    """A whole number from 0.

    Raises:
        ValueError: it is not one.
    """
    if not _COUNT.match(text.strip()):
        raise ValueError(f"“{abridge(text)}” is not a whole number from 0")
    return int(text)


def _singular(word: str) -> str:
    return fold(word).removesuffix("s")
