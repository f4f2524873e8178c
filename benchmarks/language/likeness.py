"""Measures the detection of duplicates before filing: how often the right item is shown, and how often a wrong one.

CLINC150 and BANKING77: some phrasings of most intents are the open items, others are filed; texts of the intents left
out are novel. Our own wishes are filed in other words and in the other language; each is novel when its item is left
out. As in the product, greetings and the like are removed before the comparison.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.language.bases import Phrased
from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.encoding.similar import rank
from bot.language.search.alike.meanings import Meanings
from bot.language.search.alike.near import Alike
from bot.language.search.alike.wordings import Wordings
from bot.language.text.frame import unframe
from bot.language.text.normalise import normalise
from bot.language.text.terms import Terms

LANGUAGES = ("en", "fr")
SHOWN = 3
NOVEL_SHARE = 0.3
"""The share of intents left out, whose texts are novel."""
FILED = 12
"""The number of texts filed for each intent."""
PHRASINGS = (3, 10, 15)
"""The numbers of open items that say the same."""
DRAWS = range(3)
AMONG, NOVEL, SHOWING = "among three", "shown to novel texts", "shown"
"""The figures: how often a duplicate is among the nearest three; how often something is shown for a novel text; how
often a duplicate is similar enough to be shown."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Open items and filed texts, each with its topic."""

    items: Sequence[tuple[str, int]]
    known: Sequence[tuple[str, int]]
    novel: Sequence[str]


def split(phrased: Phrased, shots: int, draw: int = 0) -> Filed:
    """Split the phrasings of intents into open items, `shots` for each intent, and filed texts."""
    chance = random.Random(draw)  # noqa: S311 - the same draw each time is meant
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


def measure(phrased: Phrased, shots: int, encoder: Encoder | None) -> Mapping[str, Sequence[float]]:
    """By figure, its share in each of the `DRAWS`."""
    found = [dict(_figures(split(phrased, shots, draw), encoder)) for draw in DRAWS]
    return {what: [one[what] for one in found] for what in found[0]}


def _figures(filed: Filed, encoder: Encoder | None) -> Iterator[tuple[str, float]]:
    items, about = [unframe(text) for text, _ in filed.items], np.array([own for _, own in filed.items])
    known, own = [unframe(text) for text, _ in filed.known], [own for _, own in filed.known]
    nearest = np.argsort(-_compare(items, known, encoder), axis=1, kind="stable")[:, :SHOWN]
    yield AMONG, float(np.mean((about[nearest] == np.array(own)[:, None]).any(axis=1)))
    index = build(items, encoder)
    yield NOVEL, float(np.mean([bool(index.search(unframe(text), SHOWN)) for text in filed.novel]))
    shown = [{int(about[near.id]) for near in index.search(text, SHOWN)} for text in known]
    yield SHOWING, float(np.mean([one in found for one, found in zip(own, shown, strict=True)]))


def _compare(items: Sequence[str], texts: Sequence[str], encoder: Encoder | None) -> Array:
    """The cosines of texts (rows) with items (columns); the lexical ones as in `Wordings`, but computed much faster."""
    if encoder is not None:
        found: Array = encoder.encode(texts) @ encoder.encode(items).T
        return found
    terms = Terms([normalise(text) for text in items], LANGUAGES)
    return np.asarray((terms.vectors([normalise(text) for text in texts]) @ terms.rows.T).todense())


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
    """How often one of the nearest three lines of a list says the same, as shown by `portevoix similar`."""
    chance = random.Random(0)  # noqa: S311 - as above
    texts = [(text, at) for at, own in enumerate(sorted(phrased)) for text in chance.sample(phrased[own], shots)]
    return _among_lines([text for text, _ in texts], [at for _, at in texts], encoder)


def _among_lines(texts: Sequence[str], about: Sequence[int], encoder: Encoder | None) -> Iterator[tuple[str, float]]:
    found = rank(texts, encoder, LANGUAGES, SHOWN)
    alike = [any(about[at] == own for at, _ in best) for own, best in zip(about, found, strict=True)]
    yield AMONG, float(np.mean(alike))


def _among_all_others(
    items: Sequence[str], said: Sequence[str], encoder: Encoder | None
) -> Iterator[tuple[str, float]]:
    items, said = [unframe(text) for text in items], [unframe(text) for text in said]
    nearest = np.argsort(-_compare(items, said, encoder), axis=1, kind="stable")[:, :SHOWN]
    yield AMONG, float(np.mean([own in best for own, best in enumerate(nearest)]))
    index = build(items, encoder)
    shown = [{near.id for near in index.search(text, SHOWN)} for text in said]
    yield NOVEL, float(np.mean([bool(near - {own}) for own, near in enumerate(shown)]))
    yield SHOWING, float(np.mean([own in near for own, near in enumerate(shown)]))


def build(texts: Sequence[str], encoder: Encoder | None) -> Alike:
    """An index of texts, numbered in their order."""
    if encoder is None:
        words = Wordings(LANGUAGES)
        words.add(dict(enumerate(texts)))
        return words
    meanings = Meanings(encoder)
    meanings.add(range(len(texts)), encoder.encode(texts))
    return meanings
