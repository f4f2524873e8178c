"""Measures how many labels of planted complaints name the complaint: the thing and what is wrong with it."""

import math
import random
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.themes.labelling import COMPLAINTS
from bot.language.text.normalise import fold
from bot.language.text.stems import forms
from bot.themes.naming.labels import Usage
from bot.themes.naming.period import Naming
from bot.themes.naming.tokens import parts
from bot.themes.survey import Group, Material, Survey
from storage.items.signals.themes import ThemeText
from storage.vocabulary import Kind

PLANTED = Path(__file__).with_name("planted.toml")
SEEDS = range(3)
EACH, NOISE = 1000, 900
"""Item ids encode the topic: those of a theme have the same thousands, those of noise are 900 and more."""
SINGLES = 2
"""The number of texts of each other complaint that are noise in a week."""
WORDS = 2
"""The number of words of a label by TF-IDF alone."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted theme, and sets of words; its label must contain one word of each.

    Attributes:
        part: whether it was used while labels were developed ("tuned"), or only afterwards ("held", then "blind").
        never: names and addresses that no label may contain.
    """

    part: str
    language: str
    texts: Sequence[str]
    things: Sequence[str]
    wrongs: Sequence[str]
    never: Sequence[str]

    def is_named_by(self, label: str) -> bool:
        """Whether a label names the thing."""
        return _has(label, self.things) and not _has(label, self.never)

    def is_told_by(self, label: str) -> bool:
        """Whether a label names the thing and what is wrong with it, in two words."""
        return self.is_named_by(label) and _has(label, self.wrongs) and len(_words(label)) > 1


def planted() -> list[Planted]:
    """All planted themes."""
    found = tomllib.loads(PLANTED.read_text("utf-8"))["theme"]
    return [
        Planted(one["part"], one["language"], one["texts"], one["things"], one["wrongs"], one.get("never", ()))
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of one language with its planted themes, and the items of each."""

    items: tuple[ThemeText, ...]
    themes: Mapping[int, tuple[Planted, tuple[ThemeText, ...]]]


Named = tuple[Planted, str, str]
"""A theme with its label and the label by TF-IDF alone."""


def weeks() -> list[Week]:
    """A week of each language and seed."""
    every = planted()
    return [_week([one for one in every if one.language == code], seed) for seed in SEEDS for code in ("en", "fr")]


def _week(themes: Sequence[Planted], seed: int) -> Week:
    """Themes among complaints about other things, in both languages."""
    chance = random.Random(seed)  # noqa: S311 - the same draw each time is meant
    said = {at: tuple(_items(one.texts, one.language, EACH * at)) for at, one in enumerate(themes, 1)}
    others = tomllib.loads(COMPLAINTS.read_text("utf-8"))["cluster"]
    noise = [
        item
        for at, one in enumerate(others, NOISE)
        for item in _items(chance.sample(one["texts"], SINGLES), one["language"], EACH * at)
    ]
    items = sorted((*noise, *(item for some in said.values() for item in some)), key=lambda item: (item.text, item.id))
    return Week(tuple(items), {at: (themes[at - 1], some) for at, some in said.items()})


def given(one: Week) -> Iterator[Named]:
    """Each theme with its label, computed from exactly its items."""
    groups = [Group(0, 0, some) for _, some in one.themes.values()]
    yield from _labels(one, groups, [theme for theme, _ in one.themes.values()])


def found(one: Week, by_meaning: Callable[[Material], Survey]) -> Iterator[Named]:
    """Each theme that was found, with the label of the largest group that mostly consists of its items."""
    best: dict[int, Group] = {}
    groups = by_meaning(Material(one.items, (), len(one.items))).groups
    for group in sorted(groups, key=lambda group: -len(group.items)):
        ((about, number),) = Counter(item.id // EACH for item in group.items).most_common(1)
        if about in one.themes and number * 2 > len(group.items):
            best.setdefault(about, group)
    yield from _labels(one, list(best.values()), [one.themes[at][0] for at in best])


def _labels(one: Week, groups: Sequence[Group], themes: Sequence[Planted]) -> Iterator[Named]:
    naming = Naming(Survey(Material(one.items, (), len(one.items)), tuple(groups)), groups, ())
    for theme, group in zip(themes, groups, strict=True):
        plain = _by_words([item.text for item in group.items], naming.usage, naming.size)
        yield theme, naming.label(group.items, theme.language), plain


def _by_words(texts: Sequence[str], usage: Usage, size: float) -> str:
    """A label of the words with the greatest weights, for comparison."""
    tokens = [token for text in texts for part in parts(text) for token in part if not token.small]
    written = {token.key: token.text for token in tokens}
    used = Counter(token.key for token in tokens)
    weights = {key: number * math.log(1 + size / max(usage.texts.get(key, 0), 1)) for key, number in used.items()}
    return ", ".join(written[key] for key in sorted(weights, key=lambda key: (-weights[key], key))[:WORDS])


def _words(label: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in fold(label)).split()


def _has(label: str, wanted: Sequence[str]) -> bool:
    every = {form for word in wanted for form in forms(fold(word))}
    return any(forms(word) & every for word in _words(label))


def _items(texts: Sequence[str], language: str, first: int) -> Iterator[ThemeText]:
    for own, text in enumerate(texts, first):
        yield ThemeText(own, text, Kind.PROBLEM, language, own, None, None, nameless=False)
