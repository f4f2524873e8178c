"""Weeks with planted themes and noise, sampled from public data with fixed seeds."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.language.bases import banking_intents, clinc_intents, faq, out_of_scope, paraphrase
from storage.items.signals.themes import ThemeText
from storage.vocabulary import Kind

NOISE = -1
SMALLEST, LARGEST = 5, 25
"""The least and most items of a planted theme."""
SHARES = (0.8, 0.6)
"""The shares of a French question's words that its paraphrases keep."""
PARAPHRASES = 60


@dataclass(frozen=True, slots=True)
class Source:
    """Texts by topic, and texts without a common topic.

    Attributes:
        themes: the texts by topic; each topic that is not planted gives one text of noise.
        noise: texts of no topic.
    """

    name: str
    themes: Mapping[str, Sequence[str]]
    noise: Sequence[str]


@dataclass(frozen=True, slots=True)
class Week:
    """Items, and by item id its planted theme, or `NOISE`."""

    items: tuple[ThemeText, ...]
    about: Mapping[int, int]


def sources(folder: Path) -> tuple[Source, ...]:
    """CLINC150, BANKING77, and both with the French FAQ."""
    clinc, banking, others = clinc_intents(folder), banking_intents(folder), out_of_scope(folder)
    french = _french(folder)
    mixed = {**{f"clinc {name}": texts for name, texts in clinc.items()}, **banking, **french}
    return (
        Source("CLINC150", clinc, others),
        Source("BANKING77", banking, others),
        Source("both and the French FAQ", mixed, others),
    )


def plant(source: Source, seed: int, themes: int = 12, noise: int = 120, weeks: int = 1) -> list[Week]:
    """Weeks with the same themes in different texts, among noise, half of which are single texts of other topics."""
    chance = random.Random(seed)  # noqa: S311 - the same draw each time is meant
    names = chance.sample(sorted(source.themes), len(source.themes))
    left = {name: chance.sample(list(source.themes[name]), len(source.themes[name])) for name in names}
    found = []
    for number in range(weeks):
        said = [(text, at) for at, name in enumerate(names[:themes]) for text in _take(left[name], chance)]
        singles = [chance.choice(left[name]) for name in names[themes:][: noise // 2]]
        said += [(text, NOISE) for text in (*singles, *chance.sample(list(source.noise), noise - len(singles)))]
        chance.shuffle(said)
        items = [_item(number * 100_000 + at, text) for at, (text, _) in enumerate(said, 1)]
        found.append(Week(tuple(items), {item.id: about for item, (_, about) in zip(items, said, strict=True)}))
    return found


def _take(left: list[str], chance: random.Random) -> list[str]:
    most = chance.randint(SMALLEST, LARGEST)
    taken, left[:] = left[:most], left[most:]
    return taken


def _item(own: int, text: str) -> ThemeText:
    language = "fr" if {"le", "la", "les", "des", "est-ce"} & set(text.lower().split()) else "en"
    return ThemeText(own, text, Kind.PROBLEM, language, own, None, None, nameless=False)


def _french(folder: Path) -> dict[str, list[str]]:
    chance = random.Random(0)  # noqa: S311 - as above
    questions = [text for _, text in faq(folder).phrasings]
    return {
        text: list(dict.fromkeys(paraphrase(text, chance.choice(SHARES), chance) for _ in range(PARAPHRASES)))
        for text in questions[:100]
    }
