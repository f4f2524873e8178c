"""A period's count of people, compared with its limits."""

from collections.abc import Sequence
from enum import Enum

from bot.signals.limits import Limits, limits
from storage.reports.reporting import Count
from storage.values import frozen

FEWEST_FOR_ALARM = 5
"""The fewest people that are a signal: two where there was always one is outside the limits, but not alarming."""


class Verdict(Enum):
    """How a count compares with its limits."""

    EARLY = "too early to tell"
    NOISE = "as usual"
    FEW = "too few to tell"
    SIGNAL = "unusually many"
    FEWER = "unusually few"


@frozen
class Tally:
    """The messages and people of a period.

    Attributes:
        usual: the limits of the number of people; None while the baseline is too short.
        before: the people of the periods before, the oldest first.
    """

    now: Count
    usual: Limits | None
    before: tuple[int, ...] = ()

    @property
    def people(self) -> int:
        """The number of distinct people, to which the limits apply."""
        return self.now.people

    @property
    def verdict(self) -> Verdict:
        """How the number of people compares with its limits."""
        if self.usual is None:
            return Verdict.EARLY
        if self.usual.holds(self.people):
            return Verdict.NOISE
        if self.people < self.usual.low:
            return Verdict.FEWER
        return Verdict.SIGNAL if self.people >= FEWEST_FOR_ALARM else Verdict.FEW


def tally(counts: Sequence[Count]) -> Tally:
    """The last of some periods, with the limits from those before it.

    Args:
        counts: one a period, the oldest first.
    """
    *earlier, now = counts
    before = tuple(count.people for count in earlier)
    return Tally(now, limits(before), before)
