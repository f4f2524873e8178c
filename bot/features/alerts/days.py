"""Finds shifts, that is lasting rises in the number of people a day, and counts those that are open."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session

from bot.feedback.telling.occasions import Occasion
from bot.signals.shifts import LATELY, MOST_DAYS, Shift, is_back, shift
from bot.signals.tally import FEWEST_FOR_ALARM, Verdict, tally
from bot.signals.watching import FEWEST_FOR_ALERT
from storage.items.signals import alerts, daily
from storage.items.signals.daily import Chart, Written
from storage.models import Alert
from storage.reports import digests, periods, reporting
from storage.values import frozen
from storage.vocabulary import Alarm

DAY, WEEK = timedelta(days=1), 7
DAYS = LATELY + MOST_DAYS
WEEKS = 12
"""The number of earlier weeks that a digest compares its week with."""
LASTING = 28
"""The number of days after which a shift counts as usual."""
MOST_OWN = 200


@frozen
class Found:
    """The counts of a shift.

    Attributes:
        chart: what it is counted by.
        began_at: the beginning of its first day.
        people: the sum of the people of each of its days.
        usual: the usual number of people a day.
        items: the ids of some named items of the theme of most people; empty where no theme has enough.
        over: whether the numbers are back at what was usual, or have lasted long enough to be usual.
    """

    chart: Chart
    began_at: datetime
    people: int
    usual: float
    items: tuple[int, ...]
    over: bool = False


@frozen
class Findings:
    """The open shifts, by id of the alert, and the new ones."""

    known: Mapping[int, Found]
    new: Sequence[Found]


@frozen
class _Days:
    """The days that are compared.

    Attributes:
        edges: the beginnings of the days, and the end of the last one, in UTC.
        alerts: the alerts that began in these days.
        counts: the people of each day, for each chart.
        first: the index of the first whole day with messages.
    """

    at: Occasion
    edges: Sequence[datetime]
    alerts: Sequence[Alert]
    counts: Mapping[Chart, list[int]]
    first: int

    def day(self, at: datetime) -> int:
        """The index of the day an instant is in."""
        return bisect_right(self.edges, at) - 1

    def shifts(self, chart: Chart | None = None) -> list[Alert]:
        """The alerts about shifts, of one chart or of all."""
        every = [one for one in self.alerts if one.alarm is Alarm.SHIFT]
        return [one for one in every if chart is None or chart_of(one) == chart]

    def left_out(self, chart: Chart) -> set[int]:
        """The days that are not compared: those of crises, and of shifts that ended."""
        told = [one for one in self.alerts if one.dismissed_at is None and one.alarm is not Alarm.SHIFT]
        told = [one for one in told if one.alarm is not Alarm.QUESTIONS]
        told += [one for one in self.shifts(chart) if one.over_at is not None and not has_lasted(one)]
        return {day for one in told for day in range(self.day(one.began_at), self.day(one.over_at or self.at.now) + 1)}

    def begin(self, chart: Chart) -> int:
        """The first day of the baseline: that of the last shift that became usual or was a false alarm, if any."""
        usual = [one for one in self.shifts(chart) if one.dismissed_at is not None or has_lasted(one)]
        return max([self.first, *(self.day(one.began_at) for one in usual)])


def chart_of(alert: Alert) -> Chart:
    """The chart of an alert about a shift: what it is counted by."""
    return Chart(alert.kind, alert.area)


def has_lasted(alert: Alert) -> bool:
    """Whether a shift ended because it has become usual."""
    return alert.over_at is not None and alert.over_at - alert.began_at >= LASTING * DAY


def read(session: Session, at: Occasion) -> Findings:
    """Find the shifts in the whole local days up to the last midnight."""
    today = at.now.astimezone(at.zone).date()
    # In UTC, as in the store: comparing instants of two zones takes thirty times as long.
    edges = [datetime.combine(today - number * DAY, time(), at.zone).astimezone(UTC) for number in range(DAYS, -1, -1)]
    first = reporting.first_message(session, at.community.id, edges[0])
    # The day of the first message is seldom a whole one.
    begins = bisect_right(edges, first) if first else DAYS
    known = alerts.begun_since(session, at.community.id, edges[0])
    days = _Days(at, edges, known, daily.people(session, at.community.id, edges), begins)
    open_ones = {one.id: one for one in days.shifts() if one.over_at is None and one.dismissed_at is None}
    going = {own: _counted(session, days, one) for own, one in open_ones.items()}
    return Findings(going, list(_new(session, days)))


def _counted(session: Session, days: _Days, alert: Alert) -> Found:
    chart, begins = chart_of(alert), max(days.day(alert.began_at), 0)
    counts, usual = days.counts.get(chart, [0] * DAYS), (alert.usual_high or 0) / WEEK
    lasted = DAYS - begins
    over = lasted >= LASTING or (lasted >= WEEK and is_back(counts[-WEEK:], usual))
    items = () if over else _main_theme(_written(session, days, chart, begins))
    return Found(chart, alert.began_at, sum(counts[begins:]), usual, items, over)


def _new(session: Session, days: _Days) -> Iterator[Found]:
    """The shifts that no alert is about; those of areas first, as an area says more than a kind."""
    told = [chart_of(one) for one in days.shifts() if one.over_at is None and one.closed_at is None]
    said: Mapping[Chart, bool] | None = None
    for chart in sorted(days.counts, key=lambda one: (one.area is None, one.area or "", one.kind or "")):
        left_out = days.left_out(chart)
        kept = [day for day in range(days.begin(chart), DAYS) if day not in left_out]
        found = shift([days.counts[chart][day] for day in kept])
        if found is None or kept[-1] != DAYS - 1 or chart in told:
            continue
        begins = kept[-found.days]
        own = _written(session, days, chart, begins)
        said = said or _told_by_digest(session, days)
        if daily.voices(own) >= FEWEST_FOR_ALERT and not said.get(chart) and not _is_told(own, found, told):
            told.append(chart)
            people = sum(days.counts[chart][begins:])
            yield Found(chart, days.edges[begins], people, found.usual, _main_theme(own))


def _written(session: Session, days: _Days, chart: Chart, begins: int) -> list[Written]:
    every = daily.written(session, days.at.community.id, days.edges[begins], days.edges[-1])
    return [item for item in every if chart.holds(item.kind, item.area)]


def _is_told(items: Sequence[Written], found: Shift, told: Sequence[Chart]) -> bool:
    """Whether at least half of a rise belongs to a shift that is told, as when an area's makes up a kind's."""
    more = (found.people - found.usual) * found.days
    return any(2 * sum(chart.holds(one.kind, one.area) for one in items) >= more for chart in told)


def _main_theme(items: Sequence[Written]) -> tuple[int, ...]:
    """The ids of the named items of the theme with the most people; empty where too few people share a theme."""
    themes = Counter(item.theme for item in items if item.theme is not None)
    groups = [[item for item in items if item.theme == theme] for theme in sorted(themes)]
    best = max(groups, key=daily.voices, default=[])
    named = tuple(item.id for item in best if not item.nameless)[:MOST_OWN]
    return named if daily.voices(best) >= FEWEST_FOR_ALARM else ()


def _told_by_digest(session: Session, days: _Days) -> Mapping[Chart, bool]:
    """By chart, whether the digest posted in the last seven days called it unusually high."""
    posted = digests.last_day(session, days.at.community.id, days.at.now - WEEK * DAY)
    if posted is None:
        return {}
    until = datetime.combine(posted, time(), days.at.zone)
    edges = [until - number * WEEK * DAY for number in range(WEEKS + 1, -1, -1)]
    heard = periods.of_items(session, days.at.community.id, edges)
    counts = {**{Chart(kind): some for kind, some in heard.kinds.items()}}
    counts |= {Chart(area=area): some for area, some in heard.areas.items() if area}
    return {chart: tally(some).verdict is Verdict.SIGNAL for chart, some in counts.items()}
