"""Matches the groups of a period with stored themes: by shared items, or by their mean vectors."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.language.arrays import Array
from bot.themes.linkage import product

SHARED = 0.5
"""The share of a group's items in a stored theme from which it is that theme, whatever its mean vector."""

SURELY = 0.5
"""The cosine of centred means from which a further group is matched with a theme that has a group already.

Chosen on ten seeds of planted weeks (5 to 14) that `python -m benchmarks themes` does not print."""


def recognise(
    centres: Any, known: Any, themes: Sequence[int], belongings: Sequence[Mapping[int, float]], same: float
) -> dict[int, int]:
    """By group, the id of the stored theme that it is matched with.

    First, each theme is matched with one group at most, the most similar pairs first. Then a group that is left over is
    matched with its most similar theme if they share enough items or are very similar: one theme may become two groups.
    Pairs are ranked by the cosine of their means less the mean of all: in a bank's week, every theme is about cards.

    Args:
        centres: the mean vectors of the groups, one a row.
        known: the mean vectors of the stored themes, one a row.
        themes: the ids of the stored themes, in the order of their rows.
        belongings: by group, the share of its items in each stored theme, by the theme's id.
        same: the least cosine of means for a match.
    """
    if not themes or not belongings:
        return {}
    alike, apart = _cosines(centres, known), _cosines(*_apart(centres, known))
    pairs = []
    for at, shares in enumerate(belongings):
        for row, own in enumerate(themes):
            share = shares.get(own, 0)
            if share >= SHARED or alike[at, row] >= same:
                pairs.append((share if share >= SHARED else 0, float(apart[at, row]), at, own))
    found: dict[int, int] = {}
    ranked = sorted(pairs, key=lambda pair: (-pair[0], -pair[1], *pair[2:]))
    for _, _, at, own in ranked:
        if at not in found and own not in found.values():
            found[at] = own
    for share, likeness, at, own in ranked:
        if at not in found and (share or likeness >= SURELY):
            found[at] = own
    return found


def _apart(first: Any, second: Any) -> tuple[Array, Array]:
    """The rows of two matrices, less the mean of all of them."""
    import numpy as np  # noqa: PLC0415

    rows = [np.asarray(some.todense() if hasattr(some, "todense") else some, np.float32) for some in (first, second)]
    common = np.concatenate(rows).mean(axis=0)
    return rows[0] - common, rows[1] - common


def _cosines(first: Any, second: Any) -> Array:
    """The cosines of every two rows of two matrices."""
    lengths = [_lengths(rows)[:, None] for rows in (first, second)]
    found: Array = product(first, second) / lengths[0] / lengths[1].T
    return found


def _lengths(rows: Any) -> Array:
    import numpy as np  # noqa: PLC0415

    squares = rows.multiply(rows) if hasattr(rows, "multiply") else rows * rows
    found: Array = np.maximum(np.sqrt(np.asarray(squares.sum(axis=1)).ravel()), 1e-9)
    return found
