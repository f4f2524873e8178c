"""A theme as it is shown: its label, its people and their trend, and what may be quoted of it."""

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
    """It has no name, and fewer than five people speak of the theme: who wrote it could be guessed."""
    UNSIGNED = "unsigned"
    """It came from a file, without an author who allowed it."""


@frozen
class Theme:
    """A theme of a period.

    Attributes:
        id: of the stored theme; 0 for one that is not stored yet.
        also: the ids of other stored themes that it is made of.
        label: the moderator's name for it, else what its items' words give.
        people: the distinct named authors and marks of nameless ones; supporters are none.
        people_before: those of the period before.
        unsigned: how many items have no author, and `unsigned_before` of the period before.
        items: the ids of its items, the most central first.
        quotes: items that may be quoted: the medoid first, then the most central that say something else.
        unquoted: how many items may not be quoted.
        reason: why the most of those may not; None when all may.
        named: whether a moderator named it.
        usual: the usual number of its voices, by its own chart; None where it is not known for long enough.
        unusual: whether it has so many by that chart that this is a signal.
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
        """The people, and the messages without an author."""
        return self.people + self.unsigned


def trend(now: int, before: int) -> Trend:
    """How two numbers of voices compare: they differ when by more than the root of their sum, and by more than one.

    The root is the standard deviation of the difference of two Poisson counts with the same mean.
    """
    if not before:
        return Trend.NEW
    if abs(now - before) <= max(1, sqrt(now + before)):
        return Trend.STEADY
    return Trend.GROWING if now > before else Trend.FADING
