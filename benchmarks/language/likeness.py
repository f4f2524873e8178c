"""Measures how often the open item that says the same is among those shown before filing, and how often one too many.

CLINC150 and BANKING77: some phrasings of most intents are the open items, others are filed; texts of the intents that
are left out are novel. Our own wishes are filed in other words and in the other language; each is novel where its item
is left out.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.language.bases import Phrased
from bot.language.encoding.encoder import Encoder
from bot.language.encoding.similar import rank
from bot.language.search.alike.meanings import Meanings
from bot.language.search.alike.near import Alike
from bot.language.search.alike.wordings import Wordings

LANGUAGES = ("en", "fr")
SHOWN = 3
NOVEL_SHARE = 0.3
"""The share of intents that are left out."""
FILED = 12
"""Texts filed of each intent."""
LARGE, SEARCHES = 20_000, 1_000


@dataclass(frozen=True, slots=True)
class Filed:
    """Open items and what is filed, each by what it is about."""

    items: Sequence[tuple[str, int]]
    known: Sequence[tuple[str, int]]
    novel: Sequence[str]


def split(phrased: Phrased, shots: int) -> Filed:
    """Intents as open items with so many phrasings each, and as what is filed."""
    chance = random.Random(0)  # noqa: S311 - the same draw each time is meant
    intents = chance.sample(sorted(phrased), len(phrased))
    out = set(intents[: int(NOVEL_SHARE * len(intents))])
    items: list[tuple[str, int]] = []
    known: list[tuple[str, int]] = []
    novel: list[str] = []
    for number, intent in enumerate(intents):
        texts = chance.sample(phrased[intent], len(phrased[intent]))
        if intent in out:
            novel += texts[:FILED]
        else:
            items += [(text, number) for text in texts[:shots]]
            known += [(text, number) for text in texts[shots : shots + FILED]]
    return Filed(items, known, novel)


def measure(filed: Filed, encoder: Encoder | None) -> Iterator[tuple[str, float]]:
    """The figures, as shares; `among three` is of the cosines alone, `shown` of what is near enough to be shown."""
    index, about = build([text for text, _ in filed.items], encoder), [own for _, own in filed.items]
    among, shown = [], []
    for text, own in filed.known:
        ids, cosines = map(np.asarray, index.compare(text))
        best = np.argsort(-cosines, kind="stable")[:SHOWN]
        among.append(own in [about[ids[at]] for at in best])
        shown.append(own in [about[near.id] for near in index.search(text, SHOWN)])
    yield "among three", float(np.mean(among))
    yield "shown", float(np.mean(shown))
    yield "shown to novel texts", float(np.mean([bool(index.search(text, SHOWN)) for text in filed.novel]))


def wishes(encoder: Encoder | None) -> Iterator[tuple[str, Iterator[tuple[str, float]]]]:
    """The figures of our own wishes: in other French words, and across the languages."""
    lines = Path(__file__).with_name("wishes.txt").read_text(encoding="utf-8").splitlines()
    french, again, english = zip(*(line.split("|") for line in lines), strict=True)
    for name, items, said in (
        ("French, other words", french, again),
        ("English finds French", french, english),
        ("French finds English", english, french),
    ):
        yield f"similar, {name}", _among_all_others(items, said, encoder)
    for name, other in (("French", again), ("French and English", english)):
        yield f"in a list, {name}", _among_lines([*french, *other], [*range(len(french))] * 2, encoder)


def listed(phrased: Phrased, shots: int, encoder: Encoder | None) -> Iterator[tuple[str, float]]:
    """How often one of the nearest three of a list says the same, as `portevoix similar` shows them."""
    chance = random.Random(0)  # noqa: S311 - as above
    texts = [(text, at) for at, own in enumerate(sorted(phrased)) for text in chance.sample(phrased[own], shots)]
    return _among_lines([text for text, _ in texts], [at for _, at in texts], encoder)


def _among_lines(texts: Sequence[str], about: Sequence[int], encoder: Encoder | None) -> Iterator[tuple[str, float]]:
    found = rank(texts, encoder, LANGUAGES, SHOWN)
    alike = [any(about[at] == own for at, _ in best) for own, best in zip(about, found, strict=True)]
    yield "among three", float(np.mean(alike))


def _among_all_others(
    items: Sequence[str], said: Sequence[str], encoder: Encoder | None
) -> Iterator[tuple[str, float]]:
    index = build(items, encoder)
    among, shown, novel = [], [], []
    for own, text in enumerate(said):
        ids, cosines = map(np.asarray, index.compare(text))
        among.append(own in ids[np.argsort(-cosines, kind="stable")[:SHOWN]])
        near = [one.id for one in index.search(text, SHOWN)]
        shown.append(own in near)
        novel.append(bool(set(near) - {own}))
    yield "among three", float(np.mean(among))
    yield "shown", float(np.mean(shown))
    yield "others shown", float(np.mean(novel))


def speed(encoder: Encoder | None, texts: Sequence[str]) -> Mapping[str, float]:
    """Milliseconds of a search among `LARGE` items, with the encoding of what is filed."""
    chance = random.Random(0)  # noqa: S311 - as above
    many = [f"{chance.choice(texts)} {chance.choice(texts)}" for _ in range(LARGE)]
    index = build(many, encoder)
    took, busy = [], []
    for text in chance.choices(texts, k=SEARCHES):
        start, worked = time.perf_counter(), time.process_time()
        index.search(text, SHOWN)
        took.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    p50, p99 = np.percentile(took, (50, 99))
    return {"p50 ms": float(p50), "p99 ms": float(p99), "p99 ms of the processor": float(np.percentile(busy, 99))}


def build(texts: Sequence[str], encoder: Encoder | None) -> Alike:
    """An index of texts, numbered in their order."""
    if encoder is None:
        words = Wordings(LANGUAGES)
        words.add(dict(enumerate(texts)))
        return words
    meanings = Meanings(encoder)
    meanings.add(range(len(texts)), encoder.encode(texts))
    return meanings
