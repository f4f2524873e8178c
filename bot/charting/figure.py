"""What a digest's picture shows, as plain values that cross to the process which draws it."""

from dataclasses import asdict
from typing import Any

from storage.values import frozen


@frozen
class Series:
    """The people a period of one kind of messages; the last period is the present one.

    Attributes:
        label: the kind, with this period's number.
        counts: one a period, the oldest first.
        low, high: the usual people; None while it is too early to tell.
        unusual: whether the present one is outside them.
    """

    label: str
    counts: tuple[int, ...]
    low: float | None
    high: float | None
    unusual: bool


@frozen
class Bar:
    """The people of a theme or area, this period and the one before."""

    label: str
    people: int
    before: int


@frozen
class Figure:
    """A picture: charts of kinds above, bars of themes below.

    Attributes:
        title: whose it is, and of when.
        band: what the band of a chart is.
        heading: what the bars are.
        before: what the mark on a bar is.
        alt: the same in words.
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
