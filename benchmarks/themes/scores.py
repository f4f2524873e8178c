"""Scores of groups against planted themes: pairwise and B-cubed precision and recall, and the share of noise.

B-cubed: Bagga and Baldwin, Entity-based cross-document coreferencing using the vector space model (1998).
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.themes.planting import NOISE, Week
from bot.themes.survey import Group

Score = Mapping[str, float]


def score(week: Week, groups: Sequence[Group]) -> Score:
    """The figures of one week.

    Pairwise and B-cubed figures are computed on planted items only; an item in no group is a group of its own. `F with
    noise` counts all pairs in a group, so that noise in it counts as wrong.
    """
    where = {item.id: at for at, one in enumerate(groups) for item in one.items}
    planted = {own: about for own, about in week.about.items() if about != NOISE}
    precision, recall = _pairs(planted, where)
    everything, _ = _pairs(week.about, where)
    cubed = _cubed(planted, where)
    noise = [own for own, about in week.about.items() if about == NOISE]
    return {
        "precision": precision,
        "recall": recall,
        "F": _mean(precision, recall),
        "B-cubed F": _mean(*cubed),
        "F with noise": _mean(everything, recall),
        "noise in a theme": sum(own in where for own in noise) / len(noise),
    }


def recognised(first: Week, found: Sequence[Group], second: Week, again: Sequence[Group]) -> tuple[int, int, int]:
    """How many planted themes were found in both weeks, and of those recognised, and mistaken for another.

    A group belongs to the planted theme of most of its items. For each theme the largest group of the second week
    counts; it is recognised if the stored theme it was matched with belongs to the same planted theme.

    Args:
        found: the groups of the first week; their numbers from 1 are their stored ids.
        again: the groups of the second week.
    """
    before = {at: about for at, (about, _) in enumerate(_mostly(first, found), 1)}
    after = _main(second, again)
    both = set(before.values()) & set(after) - {NOISE}
    same = [before.get(again[after[about]].own) == about for about in both]
    wrong = [again[after[about]].own and before[again[after[about]].own] != about for about in both]
    return len(both), sum(same), sum(map(bool, wrong))


def _main(week: Week, groups: Sequence[Group]) -> dict[int, int]:
    """By planted theme, the number of the largest group that belongs to it."""
    best: dict[int, int] = {}
    for at, (about, _) in sorted(enumerate(_mostly(week, groups)), key=lambda one: (-one[1][1], one[0])):
        best.setdefault(about, at)
    return {about: at for about, at in best.items() if about != NOISE}


def _mostly(week: Week, groups: Sequence[Group]) -> list[tuple[int, int]]:
    """For each group, the planted theme of most of its items, and how many these are."""
    return [Counter(week.about[item.id] for item in one.items).most_common(1)[0] for one in groups]


def _pairs(about: Mapping[int, int], where: Mapping[int, int]) -> tuple[float, float]:
    both = Counter((theme, where[own]) for own, theme in about.items() if own in where and theme != NOISE)
    groups = Counter(where[own] for own in about if own in where)
    themes = Counter(theme for theme in about.values() if theme != NOISE)
    right, given, wanted = (sum(n * (n - 1) / 2 for n in one.values()) for one in (both, groups, themes))
    return right / max(given, 1), right / max(wanted, 1)


def _cubed(about: Mapping[int, int], where: Mapping[int, int]) -> tuple[float, float]:
    alone = {own: where.get(own, -own) for own in about}
    both = Counter((theme, alone[own]) for own, theme in about.items())
    groups, themes = Counter(alone.values()), Counter(about.values())
    shares = [both[theme, alone[own]] for own, theme in about.items()]
    precision = sum(n / groups[alone[own]] for n, own in zip(shares, about, strict=True)) / len(about)
    return precision, sum(n / themes[theme] for n, theme in zip(shares, about.values(), strict=True)) / len(about)


def _mean(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)
