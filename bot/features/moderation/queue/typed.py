"""Parses filters of the queue from typed words in any language, such as `problems support older than 30 days`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.context import Context
from bot.features.moderation.queue.filters import OWNERS, URGENT, URGENT_WORDS, Filters, ways_to_say
from bot.feedback import items
from bot.language.text.normalise import fold
from bot.locales.words import KIND_OF, WORDS, Verdict
from storage.vocabulary import Kind, Status

_UNITS = {"day": 1, "jour": 1, "week": 7, "semaine": 7, "month": 30, "mois": 30}
_AGE = re.compile(
    r"(?:(?:older than|more than|plus (?:vieux |ancien |vieille |ancienne )?(?:de|que))|>)\s*(\d{1,4})\s*"
    r"(day|jour|week|semaine|month|mois)s?\b",
    re.IGNORECASE,
)
_TEAM = re.compile(r"\b(?:team|équipe|equipe)\s+(?:[\"“«]\s*([^\"”»]+?)\s*[\"”»]|(\S+))", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«]\s*([^\"”»]+?)\s*[\"”»]")
LONGEST = 4
"""The largest number of words in the name of an area or status."""

Named = Mapping[str, Kind | Status | str]


def read(ctx: Context, text: str) -> Filters:
    """The filters that a text names; other words, and those in quotation marks, become the words to search for."""
    filters = Filters()
    if found := _AGE.search(text):
        text = _cut(text, found)
        filters = replace(filters, days=int(found[1]) * _UNITS[found[2].lower()])
    if found := _TEAM.search(text):
        text = _cut(text, found)
        filters = replace(filters, owner=found[1] or found[2])
    quoted = [one[1] for one in _QUOTED.finditer(text)]
    filters, left = _take_names(_QUOTED.sub(" ", text), filters, ctx)
    return replace(filters, words=" ".join((*quoted, *left)))


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _take_names(text: str, filters: Filters, ctx: Context) -> tuple[Filters, list[str]]:
    """The filters with those named in a text added, and the words that are left."""
    names, words, left = _names(ctx), text.split(), list[str]()
    while words:
        size = next((n for n in range(LONGEST, 0, -1) if len(words) >= n and _key(words[:n]) in names), 0)
        new = _put(filters, names[_key(words[:size])]) if size else None
        if new is None:
            left.append(words[0])
        filters, words = new or filters, words[size if new else 1 :]
    return filters, left


def _key(words: list[str]) -> str:
    return fold(" ".join(words)).strip(".,;:")


def _put(filters: Filters, named: Kind | Status | str) -> Filters | None:
    """A copy of the filters with one more; None if there is one of its sort already."""
    match named:
        case Kind():
            return replace(filters, kind=named) if filters.kind is None else None
        case Status():
            return replace(filters, status=named) if filters.status is None else None
        case _ if named in OWNERS:
            return replace(filters, owner=named) if not filters.owner else None
        case _ if named == URGENT:
            return replace(filters, urgent=URGENT) if not filters.urgent else None
        case _:
            return replace(filters, area=named) if not filters.area else None


def _names(ctx: Context) -> Named:
    """What each name of a kind, area, status or owner stands for, in all languages, without accents and case."""
    speeches = ctx.core.understood(ctx.community).values()
    areas = items.areas_of(ctx.core, ctx.community)
    named = {name: area for area in areas.offered for name in (area, *(speech.area(area) for speech in speeches))}
    more = {word: name for name, words in {**OWNERS, URGENT: URGENT_WORDS}.items() for word in ways_to_say(ctx, words)}
    return {fold(name): value for name, value in (*_statuses(ctx), *_kinds(ctx), *named.items(), *more.items())}


def _kinds(ctx: Context) -> Iterator[tuple[str, Kind]]:
    """Kinds by their words and by the names of the commands that file them, in the singular and the plural."""
    for own, kind in KIND_OF.items():
        words = [speech.word(kind) for speech in ctx.core.understood(ctx.community).values()]
        for name in (*ctx.core.registry.command(own).all_names, *words):
            yield name, kind
            yield f"{name}s", kind


def _statuses(ctx: Context) -> Iterator[tuple[str, Status]]:
    for status in Status:
        yield status.value.replace("_", " "), status
        for speech in ctx.core.understood(ctx.community).values():
            yield speech.word(status), status
    of = {WORDS[status]: status for status in Status}
    for verdict in Verdict:
        if WORDS[verdict] in of:
            yield verdict.value, of[WORDS[verdict]]
