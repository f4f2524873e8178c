"""The chapter on similar items: how often duplicates are found before filing, and how fast."""

import os
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.language import finding, likeness
from benchmarks.language.bases import intents
from benchmarks.language.likeness import AMONG, NOVEL, SHOWING
from benchmarks.rig.report import Chapter, Figure
from benchmarks.rig.timing import milliseconds, percentile
from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.encoding.encoders import BUNDLED, load

DATA = "DATA"
"""The environment variable with the folder of the public data."""
TITLE, COMMAND = "Similar items", "DATA=FOLDER python -m benchmarks similar"
NOTE = (
    "Seven of ten intents of CLINC150 and BANKING77 are open items, in 3, 10 or 15 phrasings each; twelve others of "
    "each are filed, and of the intents left out twelve each are novel. The mean of three draws (and the worst). Our "
    "own 70 wishes are filed once each: novel where their own item is left out. Beside each figure, that of the words "
    "alone. One is prompted when something is near enough to be shown."
)
WORDS = {AMONG: "its like among three", NOVEL: "novel texts prompted", SHOWING: "its like shown"}
Shares = Mapping[str, Sequence[float]]


class Noted:
    """An encoder that caches each vector, since the draws share most of their texts."""

    def __init__(self, within: Encoder) -> None:
        self._within, self.id, self.dimension = within, within.id, within.dimension
        self._rows: dict[str, Array] = {}

    def encode(self, texts: Sequence[str]) -> Array:
        """The vectors of texts, one row for each, of length 1."""
        new = list(dict.fromkeys(text for text in texts if text not in self._rows))
        self._rows |= dict(zip(new, self._within.encode(new), strict=True))
        return np.stack([self._rows[text] for text in texts])


async def measure() -> Chapter:
    """Every figure of this chapter; none without the data."""
    folder, encoder = Path(os.environ.get(DATA) or "missing"), load(BUNDLED)
    if encoder is None or not folder.is_dir():
        return Chapter(TITLE, COMMAND, (), "Not measured: DATA names no folder with the public data.")
    right = [*_public(folder, Noted(encoder)), *_own(encoder)]
    return Chapter(TITLE, COMMAND, (*right, *[figure async for figure in _durations(folder, encoder)]), NOTE)


def _public(folder: Path, encoder: Encoder) -> Iterator[Figure]:
    for name, phrased in intents(folder).items():
        for shots in likeness.PHRASINGS:
            found, beside = (likeness.measure(phrased, shots, one) for one in (encoder, None))
            yield Figure(f"{name}, {shots} items an intent", _said(found), _said(beside))


def _own(encoder: Encoder) -> Iterator[Figure]:
    by_words = dict(likeness.wishes(None))
    for name, figures in likeness.wishes(encoder):
        found, beside = ({what: [share] for what, share in some} for some in (figures, by_words[name]))
        yield Figure(name.removeprefix("similar, "), _said(found), _said(beside))


def _said(found: Shares) -> str:
    return ", ".join(f"{WORDS[what]} {_share(what, shares)}" for what, shares in found.items())


def _share(what: str, shares: Sequence[float]) -> str:
    worst = max(shares) if what == NOVEL else min(shares)
    return f"{mean(shares):.1%}" + (f" ({worst:.1%})" if len(shares) > 1 else "")


async def _durations(folder: Path, encoder: Encoder) -> AsyncIterator[Figure]:
    *_, both = intents(folder).values()
    texts = [text for some in both.values() for text in some]
    found, beside = [await finding.measure(texts, one) for one in (encoder, None)]
    name = f"found among {finding.LARGE:,} open items"
    wall, by_words = (_spread([one.wall for one in some]) for some in (found, beside))
    yield Figure(f"{name}: half within / 99 of 100 within", wall, by_words)
    cpu, by_words = (_spread([one.cpu for one in some]) for some in (found, beside))
    yield Figure(f"{name}, CPU: half within / 99 of 100 within", cpu, by_words)


def _spread(seconds: Sequence[float]) -> str:
    return f"{milliseconds(percentile(seconds, 0.5))} / {milliseconds(percentile(seconds, 0.99))}"
