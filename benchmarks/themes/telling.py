"""How many labels say what is the matter: the thing and what is wrong with it, of planted themes among noise."""

import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.themes.labelling import COMPLAINTS
from bot.language.text.normalise import fold
from bot.language.text.stems import forms
from bot.themes.grouping import by_meaning
from bot.themes.labels import Usage
from bot.themes.naming import Naming
from bot.themes.survey import Group, Material, Survey
from bot.themes.tokens import parts
from storage.items.signals.themes import Said
from storage.vocabulary import Kind

PLANTED = Path(__file__).with_name("planted.toml")
SEEDS = range(3)
NOISE = 60
"""Texts of a week that are of no theme: one or two of each complaint."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A theme, and the words of which its label has to have one of each.

    Attributes:
        part: whether it was looked at while labels were improved ("tuned"), or not ("held").
        never: names and addresses, which stand in no label.
    """

    part: str
    language: str
    texts: Sequence[str]
    things: Sequence[str]
    wrongs: Sequence[str]
    never: Sequence[str]

    def is_named_by(self, label: str) -> bool:
        """Whether a label has the thing."""
        return _has(label, self.things) and not _has(label, self.never)

    def is_told_by(self, label: str) -> bool:
        """Whether a label has the thing and what is wrong with it, in two words."""
        return self.is_named_by(label) and _has(label, self.wrongs) and len(_words(label)) > 1


def planted() -> list[Planted]:
    """Every planted theme."""
    found = tomllib.loads(PLANTED.read_text("utf-8"))["theme"]
    return [
        Planted(one["part"], one["language"], one["texts"], one["things"], one["wrongs"], one.get("never", ()))
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of one language with its planted themes, and the items of each."""

    items: tuple[Said, ...]
    themes: Mapping[int, tuple[Planted, tuple[Said, ...]]]


def week(themes: Sequence[Planted], seed: int) -> Week:
    """Themes among complaints about other things."""
    chance = random.Random(seed)  # noqa: S311 - the same draw each time is meant
    said = {
        at: tuple(_item(1000 * at + n, text, one) for n, text in enumerate(one.texts, 1))
        for at, one in enumerate(themes, 1)
    }
    others = tomllib.loads(COMPLAINTS.read_text("utf-8"))["cluster"]
    single = [(text, one["language"]) for one in others for text in chance.sample(one["texts"], 2)]
    noise = [
        Said(900_000 + at, text, Kind.PROBLEM, language, 900_000 + at, None, None, nameless=False)
        for at, (text, language) in enumerate(chance.sample(single, min(NOISE, len(single))))
    ]
    items = [item for some in said.values() for item in some] + noise
    return Week(
        tuple(sorted(items, key=lambda item: (item.text, item.id))),
        {at: (themes[at - 1], some) for at, some in said.items()},
    )


def given(one: Week) -> Iterator[tuple[Planted, str, str]]:
    """Each theme with its label, and the one by TF-IDF alone, if its items were found without fault."""
    groups = tuple(Group(0, 0, some) for _, some in one.themes.values())
    yield from _labels(one, groups, [theme for theme, _ in one.themes.values()])


def found(one: Week, encoder) -> Iterator[tuple[Planted, str, str]]:  # type: ignore[no-untyped-def]
    """Each theme that was found, with the label of the largest group that is mostly of it."""
    survey = by_meaning(Material(one.items, (), len(one.items)), encoder, {})
    best: dict[int, Group] = {}
    for group in sorted(survey.groups, key=lambda group: -len(group.items)):
        about, number = Counter(item.id // 1000 for item in group.items).most_common(1)[0]
        if about in one.themes and number * 2 > len(group.items):
            best.setdefault(about, group)
    yield from _labels(one, tuple(best.values()), [one.themes[at][0] for at in best])


def _labels(one: Week, groups: Sequence[Group], themes: Sequence[Planted]) -> Iterator[tuple[Planted, str, str]]:
    naming = Naming(Survey(Material(one.items, (), len(one.items)), tuple(groups)), groups, ())
    for theme, group in zip(themes, groups, strict=True):
        plain = by_words_alone([item.text for item in group.items], naming.usage, naming.size)
        yield theme, naming.label(group.items, theme.language), plain


def by_words_alone(texts: Sequence[str], usage: Usage, size: float) -> str:
    """The three words that class-based TF-IDF alone gives."""
    import math  # noqa: PLC0415

    used: Counter[str] = Counter()
    written: dict[str, str] = {}
    for text in texts:
        for token in (token for part in parts(text) for token in part if not token.small):
            used[token.key] += 1
            written.setdefault(token.key, token.text)
    weights = {key: n * math.log(1 + size / max(usage.texts.get(key, 0), 1)) for key, n in used.items()}
    return ", ".join(written[key] for key in sorted(weights, key=lambda key: (-weights[key], key))[:3])


def _words(label: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in fold(label)).split()


def _has(label: str, wanted: Sequence[str]) -> bool:
    every = {form for word in wanted for form in forms(fold(word))}
    return any(forms(word) & every for word in _words(label))


def _item(own: int, text: str, theme: Planted) -> Said:
    return Said(own, text, Kind.PROBLEM, theme.language, own, None, None, nameless=False)
