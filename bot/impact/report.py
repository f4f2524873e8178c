"""Reads an impact report: the period, its source rows and the figures counted of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.impact import rows
from bot.impact.figures import Figure, Key, figures
from bot.impact.period import Period
from bot.impact.rows import Reach, Row
from bot.settings.community.impact import ImpactSettings
from storage.models import Community
from storage.reports.kept import after


@dataclass(frozen=True)
class Report:
    """The impact report of a period.

    Attributes:
        kept: the number of days for which deliveries are kept.
        delivered_since: the first whole day of the period whose deliveries are still known; None for none.
    """

    community: str
    period: Period
    settings: ImpactSettings
    reach: Reach
    rows: tuple[Row, ...]
    kept: int
    delivered_since: date | None

    @cached_property
    def figures(self) -> dict[Key, Figure]:
        """The figures, counted when they are first asked for: the first intervals of a process take a second."""
        return figures(self.rows, self.settings, delivered=self.delivered_since is not None)

    @property
    def empty(self) -> bool:
        """Whether nothing happened in the period."""
        return not self.rows

    @property
    def partly_delivered(self) -> bool:
        """Whether deliveries are not known for the whole period."""
        return self.delivered_since != self.period.first


def read(
    session: Session, community: Community, period: Period, settings: ImpactSettings, now: datetime, kept: int
) -> Report:
    """The report of a period, until now if the period is not over.

    Args:
        kept: the days that deliveries are kept.
    """
    zone = ZoneInfo(community.timezone)
    since, until = period.instants(zone)
    # From a midnight on, so that the deletion of deliveries during a day does not change that day's figures.
    first = (now - timedelta(days=kept)).astimezone(zone).date() + timedelta(days=1)
    known, months = _known(period, first, community.counted_since)
    reach = Reach(since, until, Period(known, known, "").instants(zone)[0], months)
    return Report(
        community=community.name,
        period=period,
        settings=settings,
        reach=reach,
        rows=tuple(rows.read(session, community.id, reach)),
        kept=kept,
        delivered_since=known if known <= period.last else None,
    )


def _known(period: Period, first: date, counted: date | None) -> tuple[date, tuple[date, ...]]:
    """The first day of a period for which deliveries are known, and the months known only by a stored count.

    Args:
        first: the first day whose deliveries are all kept.
        counted: the first month that was counted whole; None if all were.
    """
    if period.first >= first:
        return period.first, ()
    start = max(period.first, counted or period.first)
    month = start if start.day == 1 else after(start.replace(day=1))
    begun, months = month, list[date]()
    while month < first and month <= period.last:
        months.append(month)
        month = after(month)
    # There is no count for a month that is only partly in the period.
    whole = months and month - timedelta(days=1) <= period.last
    return (begun, tuple(months)) if whole else (max(period.first, first), ())
