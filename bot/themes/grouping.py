"""Groups the items of a period by their vectors, and recognises each group. Imported late, since it imports scipy."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.language.arrays import Array
from bot.themes.linkage import group, means, nearest, product
from bot.themes.recognition import recognise
from bot.themes.space import Meanings, Space, Stored, Wordings
from bot.themes.survey import SAMPLE, Group, Material, Survey, draw, resolve
from storage.items.signals.themes import ThemeText

if TYPE_CHECKING:
    from bot.language.encoding.encoder import Encoder

FEWEST_VOICES = 2
"""The fewest voices of a theme: what one person repeats is no theme."""
BLOCK = 4_096
"""The number of vectors unpacked at a time."""


def by_meaning(material: Material, encoder: "Encoder", stored: Stored) -> Survey:
    """Group a period's items by an encoder's vectors; vectors that are not stored are computed."""
    space = Meanings({own: item.text for own, item in material.every().items()}, encoder, stored)
    return Survey(material, _groups(material, space), space.made, encoder.id)


def by_words(material: Material, languages: tuple[str, ...]) -> Survey:
    """Group a period's items by their words alone."""
    every = material.every()
    texts = {own: item.text for own, item in every.items()}
    places = {own: at for at, own in enumerate(every)}
    fitted = sorted(places[own] for own in draw(list(every), 2 * SAMPLE))
    return Survey(material, _groups(material, Wordings(texts, languages, fitted)))


def partition(items: Sequence[ThemeText], space: Space) -> list[Array]:
    """The groups among items, which are the first rows of a space, each as an array of row numbers.

    With more than `SAMPLE` items, a sample is grouped, and each other item joins the group it is most similar to.
    """
    places = {item.id: at for at, item in enumerate(items)}
    some = np.array(sorted(places[own] for own in draw(list(places), SAMPLE)), int)
    rows = space.rows(some)
    found = [some[part] for part in group(space.alike(some), space.floors)]
    rest = np.setdiff1d(np.arange(len(items)), some)
    if not found or not len(rest):
        return found
    joined = _join(space, rest, means(rows, [np.searchsorted(some, part) for part in found]))
    return [np.concatenate([part, joined.get(at, np.empty(0, int))]) for at, part in enumerate(found)]


def _join(space: Space, rest: Array, centres: Any) -> Mapping[int, Array]:
    """By group, the numbers of those of these items that are most similar to it."""
    best = np.array(
        [
            one
            for start in range(0, len(rest), BLOCK)
            for one in nearest(space.rows(rest[start : start + BLOCK]), centres, space.floors.least)
        ]
    )
    return {int(at): rest[best == at] for at in np.unique(best[best >= 0])}


def _groups(material: Material, space: Space) -> tuple[Group, ...]:
    items = material.items
    parts = [part for part in partition(items, space) if _voices(items[at] for at in part) >= FEWEST_VOICES]
    if not parts:
        return ()
    centres = _centres(space, parts)
    shares = [_shares([items[at] for at in part]) for part in parts]
    parts, own = _unite(parts, _recognise(material, space, centres, shares))
    centres = _centres(space, parts)
    roots = resolve(material.themes)
    found = [own.get(at, 0) for at in range(len(parts))]
    before = _before(material, space, centres, [roots.get(one, 0) for one in found], roots)
    return tuple(
        Group(roots.get(found[at], 0), found[at], tuple(_ordered(items, part, space, centres[at : at + 1])), before[at])
        for at, part in enumerate(parts)
    )


def _unite(parts: Sequence[Array], own: Mapping[int, int]) -> tuple[list[Array], dict[int, int]]:
    """Merge the groups recognised as the same stored theme; return the groups, and by group the id of its theme."""
    found: defaultdict[int, list[Array]] = defaultdict(list)
    for at, part in enumerate(parts):
        found[own.get(at, -1 - at)].append(part)
    return [np.concatenate(some) for some in found.values()], {at: key for at, key in enumerate(found) if key > 0}


def _centres(space: Space, parts: Sequence[Array]) -> Any:
    """The mean vectors of groups, one a row; of a large group, that of its first `SAMPLE` members."""
    some = [part[:SAMPLE] for part in parts]
    ends = np.cumsum([len(part) for part in some])
    # Many small groups at a time: each word of their texts is split once.
    blocks = np.split(np.arange(len(some)), np.flatnonzero(np.diff(ends // BLOCK)) + 1)
    return _stack([_means(space, [some[at] for at in block]) for block in blocks])


def _means(space: Space, parts: Sequence[Array]) -> Any:
    starts = np.cumsum([0, *(len(part) for part in parts)])
    return means(space.rows(np.concatenate(parts)), [range(*pair) for pair in pairwise(starts)])


def _stack(rows: Sequence[Any]) -> Any:
    if hasattr(rows[0], "todense"):
        from scipy.sparse import vstack  # noqa: PLC0415

        return vstack(rows, format="csr")
    return np.concatenate(rows)


def _ordered(items: Sequence[ThemeText], part: Array, space: Space, centre: Any) -> Iterator[ThemeText]:
    """The items of a group, the most central first; equally central ones in the order of their rows."""
    cosines = [
        float(one)
        for start in range(0, len(part), BLOCK)
        for one in product(space.rows(part[start : start + BLOCK]), centre).ravel()
    ]
    ranked = sorted(zip(cosines, part.tolist(), strict=True), key=lambda pair: (-round(pair[0], 4), pair[1]))
    return (items[at] for _, at in ranked)


def _recognise(material: Material, space: Space, centres: Any, shares: Sequence[Mapping[int, float]]) -> dict[int, int]:
    places = {own: at for at, own in enumerate(material.every())}
    known = {own: some for own, some in material.known.items() if some}
    if not known:
        return {}
    stored = _centres(space, [np.array([places[item.id] for item in some], int) for some in known.values()])
    return recognise(centres, stored, list(known), shares, space.floors.same)


def _before(
    material: Material, space: Space, centres: Any, themes: Sequence[int], roots: Mapping[int, int]
) -> list[tuple[ThemeText, ...]]:
    """By group, the items of the period before: those of its theme, and of those without one the most similar."""
    start = len(material.items)
    found: defaultdict[int, list[ThemeText]] = defaultdict(list)
    by_theme = {own: at for at, own in reversed(list(enumerate(themes))) if own}
    loose = []
    for at, item in enumerate(material.before):
        if item.theme is None:
            loose.append(start + at)
        elif (theme := roots.get(item.theme, item.theme)) in by_theme:
            found[by_theme[theme]].append(item)
    joined = _join(space, np.array(loose, int), centres) if loose else {}
    for at, rows in joined.items():
        found[at] += [material.before[int(row) - start] for row in rows]
    return [tuple(found[at]) for at in range(len(themes))]


def _shares(items: Sequence[ThemeText]) -> dict[int, float]:
    """By stored theme, the share of items that belong to it."""
    return {own: number / len(items) for own, number in Counter(item.theme for item in items).items() if own}


def _voices(items: Iterator[ThemeText]) -> int:
    every = list(items)
    return len({item.voice for item in every if item.voice is not None}) + sum(item.voice is None for item in every)
