"""A theme as it is shown: its label, its number of people and trend, and its quotes."""

from enum import StrEnum
from math import sqrt

from bot.signals.limits import Limits
from storage.models import Feedback
from storage.values import frozen


class Trend(StrEnum):
    """How the voices of a period compare with those of the period before."""

    NEW = "new"
    GROWING = "growing"
    STEADY = "steady"
    FADING = "fading"


class Reason(StrEnum):
    """Why an item is not quoted."""

    FEW = "few"
    """It is nameless, and fewer than five people speak of the theme: its author could be guessed."""
    UNSIGNED = "unsigned"
    """It was imported without an author, who could have allowed it."""


@frozen
class Theme:
    """A theme of a period.

    Attributes:
        id: the id of the stored theme; 0 for one that is not stored yet.
        also: the ids of other stored themes that it includes.
        label: the moderator's name for it, else a label made from its texts.
        people: the number of distinct authors, named or known by a mark; supporters do not count.
        people_before: the same in the period before.
        unsigned, unsigned_before: the number of items without an author, in this period and in the one before.
        items: the ids of its items, the most central first.
        quotes: items that may be quoted: the medoid first, then the most central that say something else.
        unquoted: the number of items that may not be quoted.
        reason: the most frequent reason for that; None when all may be quoted.
        named: whether a moderator named it.
        usual: the limits of its number of voices, by its own chart; None where its history is too short.
        unusual: whether its number of voices is a signal by that chart.
    """

    id: int
    label: str
    trend: Trend
    people: int
    people_before: int
    unsigned: int
    items: tuple[int, ...]
    quotes: tuple[Feedback, ...] = ()
    unquoted: int = 0
    reason: Reason | None = None
    unsigned_before: int = 0
    muted: bool = False
    named: bool = False
    usual: Limits | None = None
    unusual: bool = False
    also: tuple[int, ...] = ()

    @property
    def voices(self) -> int:
        """The number of people, plus that of messages without an author."""
        return self.people + self.unsigned


def trend(now: int, before: int) -> Trend:
    """The trend from one number of voices to another: they differ if by more than the root of their sum, and than one.

    That root estimates the standard deviation of the difference of two Poisson counts with the same mean.
    """
    if not before:
        return Trend.NEW
    if abs(now - before) <= max(1, sqrt(now + before)):
        return Trend.STEADY
    return Trend.GROWING if now > before else Trend.FADING
