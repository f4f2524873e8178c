"""The chapter on themes: how planted ones are found, recognised and labelled, and the time it takes."""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

from benchmarks.rig.report import Chapter, Figure
from benchmarks.themes import labelling, telling
from benchmarks.themes.planting import Source, Week, plant, sources
from benchmarks.themes.scores import recognised, score
from bot.language.encoding.encoder import Encoder
from bot.language.encoding.encoders import BUNDLED, load
from bot.themes import grouping
from bot.themes.naming.period import Naming
from bot.themes.space import Meanings
from bot.themes.survey import KNOWN_BY, Group, Material, Survey
from storage.items.signals.themes import ThemeText
from storage.models import Theme
from storage.vocabulary import Kind

SEEDS = range(5)
SIZES = (2_000, 50_000)
LANGUAGES = ("en", "fr")
DATA = "DATA"
"""The environment variable with the folder of the public data."""
Find = Callable[[Material], Survey]
NOW = datetime(2026, 3, 4, tzinfo=UTC)
TITLE, COMMAND = "Themes", "DATA=FOLDER python -m benchmarks themes"
NOTE = (
    "Twelve themes of 5 to 25 items among 120 items of noise; the mean of five seeds (and the lowest). "
    "F is pairwise, of planted items alone; beside each figure, that of the words alone (TF-IDF)."
)


async def measure() -> Chapter:
    """Every figure of this chapter; none without the data."""
    folder = Path(os.environ.get(DATA) or "missing")
    if not folder.is_dir():
        return Chapter(TITLE, COMMAND, (), "Not measured: DATA names no folder with the public data.")
    return Chapter(TITLE, COMMAND, tuple(_figures(folder)), NOTE)


def _figures(folder: Path) -> Iterator[Figure]:
    encoder = load(BUNDLED)
    if encoder is None:
        return

    def by_meaning(material: Material) -> Survey:
        return grouping.by_meaning(material, encoder, {})

    known = sources(folder)
    for source in known:
        yield from _found(source, by_meaning)
        yield _recognition(source, by_meaning)
    yield from _labels(known[-1], by_meaning)
    yield _named(folder)
    yield from _told(by_meaning)
    for size in SIZES:
        texts = [text for source in known[:2] for some in source.themes.values() for text in some]
        yield _duration(size, texts, encoder)


def by_words(material: Material) -> Survey:
    """The groups found lexically."""
    return grouping.by_words(material, LANGUAGES)


def _found(source: Source, by_meaning: Find) -> Iterator[Figure]:
    weeks = [plant(source, seed)[0] for seed in SEEDS]
    found, beside = ([score(week, find(_material(week)).groups) for week in weeks] for find in (by_meaning, by_words))
    for what in found[0]:
        values = [[one[what] for one in some] for some in (found, beside)]
        lowest = f" ({min(values[0]):.2f})" if what == "F" else ""
        yield Figure(f"{source.name}: {what}", f"{mean(values[0]):.2f}{lowest}", f"{mean(values[1]):.2f}")


def _recognition(source: Source, by_meaning: Find) -> Figure:
    words = []
    for find in (by_meaning, by_words):
        counts = [_again(plant(source, seed, weeks=2), find) for seed in SEEDS]
        both, right, wrong = (sum(one[at] for one in counts) for at in range(3))
        words.append(f"{right / max(both, 1):.0%} of {both}, {wrong} taken for another")
    return Figure(f"{source.name}: recognised next week", *words)


def _again(weeks: Sequence[Week], find: Find) -> tuple[int, int, int]:
    first, second = weeks
    found = find(_material(first)).groups
    again = find(_material(second, found)).groups
    return recognised(first, found, second, again)


def _material(week: Week, stored: Sequence[Group] = ()) -> Material:
    themes = tuple(Theme(id=at, community_id=1, created_at=NOW, seen_at=NOW) for at in range(1, len(stored) + 1))
    known = {at: _newest(one.items) for at, one in enumerate(stored, 1)}
    items = tuple(sorted(week.items, key=lambda item: (item.text, item.id)))
    return Material(items, (), len(items), themes, known)


def _newest(items: Sequence[ThemeText]) -> tuple[ThemeText, ...]:
    return tuple(sorted(items, key=lambda item: -item.id)[:KNOWN_BY])


def _labels(source: Source, by_meaning: Find) -> Iterator[Figure]:
    """The labels of one week, each beside its medoid."""
    found = by_meaning(_material(plant(source, 0)[0]))
    naming = Naming(found, found.groups, ())
    for one in found.groups[:12]:
        yield Figure(f"label: {naming.label(one.items, 'en')}", f"{len(one.items)} items", one.items[0].text[:60])


def _named(folder: Path) -> Figure:
    """How many labels contain a word that names the topic."""
    found = list(labelling.named(labelling.clusters(folder), folder))
    right = sum(one.is_named_by(label) for one, label in found)
    return Figure("labels with a word that names the theme", f"{right / len(found):.1%}", f"of {len(found)} clusters")


def _told(by_meaning: Find) -> Iterator[Figure]:
    """How many labels of planted themes name the complaint, given the theme's true items, and as found."""
    weeks = telling.weeks()
    for part in ("tuned", "held", "blind"):
        ways = [telling.given(week) for week in weeks], [telling.found(week, by_meaning) for week in weeks]
        for what, way in zip(("items known", "found"), ways, strict=True):
            named = [one for some in way for one in some if one[0].part == part]
            told = sum(theme.is_told_by(label) for theme, label, _ in named) / len(named)
            plain = sum(theme.is_told_by(words) for theme, _, words in named) / len(named)
            name = f"labels that say what is wrong with the thing ({part}, {what})"
            yield Figure(name, f"{told:.1%}", f"{plain:.1%} of {len(named)}")


def _duration(size: int, texts: Sequence[str], encoder: Encoder) -> Figure:
    """The seconds to group `size` items with stored vectors, beside those for grouping lexically."""
    again = -(-size // len(texts))
    said = [f"{text} {number or ''}".strip() for number in range(again) for text in texts]
    random.Random(0).shuffle(said)  # noqa: S311 - the same draw each time is meant
    items = tuple(
        ThemeText(own, text, Kind.PROBLEM, "en", own, None, None, nameless=False)
        for own, text in enumerate(said[:size])
    )
    material = Material(items, (), size)
    stored = Meanings({item.id: item.text for item in items}, encoder, {}).made
    found = _seconds(lambda: grouping.by_meaning(material, encoder, stored))
    return Figure(
        f"{size:,} items, their vectors stored", f"{found:.2f} s", f"{_seconds(lambda: by_words(material)):.2f} s"
    )


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
