"""Merges groups with the same label, in which the same thing was said in different words."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from bot.language.text.normalise import fold
from bot.themes.history import History
from bot.themes.survey import Group
from storage.models import Theme
from storage.values import frozen

FEWEST = 2
"""The fewest words of a label for that: two groups labelled "Order" may be about different things."""


@frozen
class Labelled:
    """A group with its label, and the ids of the stored themes it includes, first the one it counts as."""

    group: Group
    label: str
    themes: tuple[int, ...]


def unite(groups: Sequence[Group], labels: Sequence[str], stored: Mapping[int, Theme]) -> list[Labelled]:
    """Merge groups with the same label, unless moderators named or muted two of them.

    Args:
        groups: the groups, the largest first.
        labels: their labels.
        stored: the stored themes by id.
    """
    found: dict[str, list[Group]] = {}
    for at, (one, label) in enumerate(zip(groups, labels, strict=True)):
        same = found.setdefault(fold(label) if len(label.split()) >= FEWEST else f"{at}", [])
        if any(_is_touched(other, stored) for other in same) and _is_touched(one, stored):
            found[f"{at}"] = [one]
        else:
            same.append(one)
    names = {id(one): label for one, label in zip(groups, labels, strict=True)}
    return [_united(same, names[id(same[0])], stored) for same in found.values()]


def add(past: History, themes: Sequence[int]) -> list[int]:
    """The sum of the histories of themes, the oldest period first."""
    some = [list(reversed(past[own])) for own in themes if own in past]
    return [sum(numbers) for numbers in zip_longest(*some, fillvalue=0)][::-1]


def _is_touched(one: Group, stored: Mapping[int, Theme]) -> bool:
    own = stored.get(one.theme)
    return own is not None and bool(own.name or own.muted)


def _united(same: Sequence[Group], label: str, stored: Mapping[int, Theme]) -> Labelled:
    """The merged group, which counts as the theme that moderators named or muted or, without one, as the largest."""
    first = next((one for one in same if _is_touched(one, stored)), same[0])
    every = [first, *(one for one in same if one is not first)]
    items = tuple(item for one in every for item in one.items)
    before = tuple(item for one in every for item in one.before)
    return Labelled(Group(first.theme, first.own, items, before), label, tuple(one.theme for one in every))
