"""Reads what a digest says: counts, quotes, changes, questions, and what waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.signals import Limits, limits
from bot.suppression import quotable
from storage import feedback, questions, reporting
from storage.models import Community, Feedback
from storage.questions import Waiting
from storage.reporting import Change, Count
from storage.vocabulary import CLOSED, Delivery, Kind, Status

BASELINE_WEEKS = 12
AREAS, QUOTES, WAITING, QUESTIONS, CHANGES = 5, 2, 3, 3, 5


@dataclass(frozen=True, slots=True)
class Window:
    """The span a digest covers, `until` left out; both aware."""

    since: datetime
    until: datetime

    def before(self, weeks: int) -> "Window":
        """The same span some weeks earlier, by the local calendar."""
        return Window(self.since - timedelta(weeks=weeks), self.until - timedelta(weeks=weeks))


@dataclass(frozen=True, slots=True)
class Tally:
    """A count beside what it usually is; `usual` is None while it is too early to tell."""

    now: int
    usual: Limits | None


@dataclass(frozen=True, slots=True)
class AreaPart:
    """What was said in one area."""

    area: str | None
    count: Count
    before: int
    quotes: tuple[Feedback, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """An item nobody has decided on."""

    item: Feedback
    support: int
    days: int


@dataclass(frozen=True, slots=True)
class DigestData:
    """Everything a digest says, before it is put in words."""

    community: str
    first_day: date
    last_day: date
    weeks_known: int
    waiting: tuple[Wait, ...]
    waiting_total: int
    areas: tuple[AreaPart, ...]
    total: Count
    new_voices: int
    kinds: dict[Kind, Tally]
    mostly: dict[Kind, str]
    """The area more than half of a kind's messages are about, where there is one."""
    questions: Tally
    unanswered: tuple[Waiting, ...]
    changes: tuple[Change, ...]
    told: dict[Delivery, int]
    month: date
    closed: tuple[int, int]
    askers: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing new and nothing waiting."""
        return not (self.total.messages or self.waiting_total or self.questions.now or self.changes)


def week_until(until: datetime, zone: ZoneInfo) -> Window:
    """The seven local days before an instant."""
    local = until.astimezone(zone)
    return Window(local - timedelta(days=7), local)


def gather(session: Session, community: Community, window: Window) -> DigestData:
    """Read a community's week."""
    own, since, until = community.id, window.since, window.until
    weeks = list(_weeks_before(session, own, window))
    month = (until - timedelta(days=until.day)).date().replace(day=1)
    return DigestData(
        community=community.name,
        first_day=since.date(),
        last_day=(until - timedelta(microseconds=1)).date(),
        weeks_known=len(weeks),
        waiting=_waiting(session, own, until),
        waiting_total=feedback.waiting_count(session, own, until, praise=False),
        areas=tuple(_areas(session, own, window)),
        total=reporting.total(session, own, since, until),
        new_voices=reporting.new_voices(session, own, since, until),
        kinds=_kinds(session, own, window, weeks),
        mostly=dict(_mostly(session, own, window)),
        questions=_tally(
            reporting.questions_asked(session, own, since, until),
            [reporting.questions_asked(session, own, week.since, week.until) for week in weeks],
        ),
        unanswered=tuple(questions.unanswered(session, own, since, until)),
        askers=questions.askers(session, own, since, until),
        changes=_decisions(reporting.changes(session, own, since, until)),
        told=reporting.told(session, own, since, until),
        month=month,
        closed=reporting.closure(session, own, *_month(month, until)),
    )


def _weeks_before(session: Session, community_id: int, window: Window) -> Iterator[Window]:
    """The weeks before, the oldest first, as far back as anything was said."""
    first = reporting.first_message(session, community_id)
    for number in range(BASELINE_WEEKS, 0, -1):
        week = window.before(number)
        if first and first < week.until:
            yield week


def _kinds(session: Session, community_id: int, window: Window, weeks: list[Window]) -> dict[Kind, Tally]:
    now = reporting.by_kind(session, community_id, window.since, window.until)
    past = [reporting.by_kind(session, community_id, week.since, week.until) for week in weeks]
    none = Count(0, 0)
    return {
        kind: _tally(now.get(kind, none).messages, [week.get(kind, none).messages for week in past]) for kind in Kind
    }


def _mostly(session: Session, community_id: int, window: Window) -> Iterator[tuple[Kind, str]]:
    counts = reporting.by_kind_and_area(session, community_id, window.since, window.until)
    for kind in Kind:
        areas = {area: number for (one, area), number in counts.items() if one is kind}
        busiest = max(areas, key=lambda area: areas[area], default=None)
        if busiest is not None and 2 * areas[busiest] > sum(areas.values()):
            yield kind, busiest


def _tally(now: int, past: list[int]) -> Tally:
    return Tally(now, limits(past))


def _areas(session: Session, community_id: int, window: Window) -> Iterator[AreaPart]:
    week = window.before(1)
    before = reporting.by_area(session, community_id, week.since, week.until)
    now = reporting.by_area(session, community_id, window.since, window.until)
    for area, count in list(now.items())[:AREAS]:
        found = reporting.items_of_area(session, community_id, area, window.since, window.until, most=20)
        quotes = tuple(item for item in found if quotable(item, count.people))[:QUOTES]
        yield AreaPart(area, count, before[area].people if area in before else 0, quotes)


def _waiting(session: Session, community_id: int, until: datetime) -> tuple[Wait, ...]:
    rows = feedback.waiting(session, community_id, WAITING, until=until, praise=False)
    return tuple(Wait(item, support, (until - item.created_at).days) for item, support in rows)


def _decisions(changes: list[Change]) -> tuple[Change, ...]:
    """The latest change of each item that decides something, outcomes first: that praise was read is no decision."""
    latest: dict[int, Change] = {}
    for change in changes:
        if change.status != Status.READ:
            latest.setdefault(change.item.id, change)
    return tuple(sorted(latest.values(), key=lambda change: change.status not in CLOSED))


def _month(month: date, until: datetime) -> tuple[datetime, datetime]:
    """The local month before the one `until` is in."""
    first = datetime(month.year, month.month, 1, tzinfo=until.tzinfo)
    return first, until.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
