"""The content of a digest's picture, as plain values that are passed to the process which draws it."""

from dataclasses import asdict
from typing import Any

from storage.values import frozen


@frozen
class Series:
    """The number of people in each period for one kind of messages; the last period is the present one.

    Attributes:
        label: the kind, with this period's count.
        counts: the people of each period, the oldest first.
        low, high: the limits of the usual count; None with too few periods.
        unusual: whether the present count is outside the limits.
    """

    label: str
    counts: tuple[int, ...]
    low: float | None
    high: float | None
    unusual: bool


@frozen
class Bar:
    """The number of people of a theme or area, in this period and in the one before."""

    label: str
    people: int
    before: int


@frozen
class Figure:
    """A picture: charts of kinds above, bars of themes below.

    Attributes:
        title: the community's name and the period.
        band: the explanation of the band in a chart.
        heading: the heading of the bars.
        before: the explanation of the mark on a bar.
        alt: the alternative text.
    """

    title: str
    series: tuple[Series, ...]
    band: str
    heading: str
    bars: tuple[Bar, ...]
    before: str
    alt: str

    def values(self) -> dict[str, Any]:
        """The figure as values for JSON."""
        return asdict(self)
