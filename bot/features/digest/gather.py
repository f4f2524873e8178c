"""Reads the figures of a digest: counts, quotes, decisions, unanswered questions and undecided items."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.digest import areas
from bot.features.digest.areas import AREAS, AreaPart
from bot.features.digest.signals import Limits, limits
from bot.feedback.audience.suppression import quotable
from storage.answers import questions
from storage.answers.questions import Waiting
from storage.items.support import supports
from storage.models import Community, Feedback
from storage.reports import reporting, unsigned
from storage.reports.reporting import Areas, Change, Count
from storage.vocabulary import CLOSED, Delivery, Kind, Status

BASELINE_PERIODS = 12
"""Previous periods a count is compared with, at most."""
WAITING, QUESTIONS, CHANGES = 3, 3, 5
"""How many of each are read, at most."""
PATIENCE = 30
"""Days after which an undecided item counts as waiting long, when the community has no answer time set."""
FEWEST_FOR_ALARM = 5
"""The smallest count that is a signal: two where there was always one is outside the limits, but not alarming."""


@dataclass(frozen=True, slots=True)
class Window:
    """The span a digest covers, `until` excluded; both aware, in local time."""

    since: datetime
    until: datetime

    @property
    def days(self) -> int:
        """Its length in local days."""
        return (self.until - self.since).days

    def before(self, periods: int) -> "Window":
        """A span of the same length, so many periods earlier, in local time."""
        earlier = periods * (self.until - self.since)
        return Window(self.since - earlier, self.until - earlier)


class Verdict(Enum):
    """How a count compares with its limits."""

    EARLY = "too early to tell"
    NOISE = "noise"
    FEW = "too few to tell"
    SIGNAL = "signal"
    FEWER = "signal, fewer than usual"


@dataclass(frozen=True, slots=True)
class Tally:
    """A count with its limits; `usual` is None while the baseline is too short."""

    now: int
    usual: Limits | None

    @property
    def verdict(self) -> Verdict:
        """How the count compares with its limits."""
        if self.usual is None:
            return Verdict.EARLY
        if self.usual.holds(self.now):
            return Verdict.NOISE
        if self.now < self.usual.low:
            return Verdict.FEWER
        return Verdict.SIGNAL if self.now >= FEWEST_FOR_ALARM else Verdict.FEW


@dataclass(frozen=True, slots=True)
class Wait:
    """An undecided item, its support, how many days it has waited, and its support from before it was edited."""

    item: Feedback
    support: int
    days: int
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class DigestData:
    """All figures of a digest, before it is rendered.

    Attributes:
        waiting_total: how many items are undecided, counted up to `storage.items.backlog.COUNTED` + 1.
        waiting_since: the day the oldest undecided item was filed.
        waiting_long: how many of them have waited for more than `patience` days, counted likewise.
        areas: the five with most people, in the community's order; messages without an area (None) come last.
        more_areas: how many other areas have messages.
        quiet: the community's areas without messages.
        total: all messages, and the distinct people who wrote to the team or asked the bot.
        about: the areas it is about; empty for everything.
        days: how many days it covers.
        unsigned: how many messages have no author.
        periods_known: how many periods the baseline has, at most twelve.
        mostly: by kind, the area more than half of its messages are about, if there is one.
        questions: None in a digest of some areas, since questions have no area.
        month: the first day of the month before the digest's last one.
        closed: of the items filed in that month, how many are closed, and how many there are.
    """

    community: str
    first_day: date
    last_day: date
    periods_known: int
    waiting: tuple[Wait, ...]
    waiting_total: int
    areas: tuple[AreaPart, ...]
    total: Count
    new_voices: int
    kinds: dict[Kind, Tally]
    mostly: dict[Kind, str]
    questions: Tally | None
    unanswered: tuple[Waiting, ...]
    changes: tuple[Change, ...]
    told: dict[Delivery, int]
    month: date
    closed: tuple[int, int]
    askers: int = 0
    waiting_since: date | None = None
    waiting_long: int = 0
    patience: int = PATIENCE
    more_areas: int = 0
    quiet: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    days: int = 7
    unsigned: int = 0

    @property
    def weekly(self) -> bool:
        """Whether it covers seven days, so that the text may say 'week'."""
        return self.days == 7

    @property
    def empty(self) -> bool:
        """Whether there are no messages, no undecided items and no decisions."""
        return not (self.total.messages or self.waiting_total or self.changes)

    @property
    def quoted(self) -> tuple[Feedback, ...]:
        """Every item whose text may be shown."""
        quotes = (item for part in self.areas for item in part.quotes)
        waiting, changes = (wait.item for wait in self.waiting), (change.item for change in self.changes[:CHANGES])
        return (*quotes, *waiting, *changes)

    def may_quote(self, item: Feedback) -> bool:
        """Whether an item's text can be shown without revealing a nameless author."""
        part = next((part for part in self.areas if part.area == item.area), None)
        return quotable(item, part.count.people, part.unsigned) if part else quotable(item, 0)


def week_until(until: datetime, zone: ZoneInfo) -> Window:
    """The seven local days that end at an instant."""
    local = until.astimezone(zone)
    return Window(local - timedelta(days=7), local)


def gather(
    session: Session,
    community: Community,
    window: Window,
    about: tuple[str, ...] = (),
    order: tuple[str, ...] = (),
    patience: int = PATIENCE,
) -> DigestData:
    """Read the figures of a digest.

    Args:
        window: the span it covers.
        about: the areas to read; empty for everything.
        order: the community's areas, in its order.
        patience: days after which an undecided item counts as waiting long.
    """
    own, span = community.id, (community.id, window.since, window.until)
    known = tuple(area for area in order if not about or area in about)
    heard = reporting.by_area(session, *span, about)
    alone = unsigned.by_area(session, *span, about)
    oldest = reporting.waiting_since(session, own, window.until, about)
    late = window.until - timedelta(days=patience)
    past = list(_periods_before(session, community, window))
    month = (window.until - timedelta(days=window.until.day)).date().replace(day=1)
    return DigestData(
        community=community.name,
        first_day=window.since.date(),
        last_day=(window.until - timedelta(microseconds=1)).date(),
        periods_known=len(past),
        waiting=_waiting(session, own, window.until, about),
        waiting_total=reporting.waiting_count(session, own, window.until, about),
        waiting_since=oldest.astimezone(window.until.tzinfo).date() if oldest else None,
        waiting_long=reporting.waiting_count(session, own, window.until, about, before=late),
        patience=patience,
        areas=tuple(areas.read(session, span, window.before(1).since, about, areas.busiest(heard, known), alone)),
        more_areas=max(len(heard) - AREAS, 0),
        quiet=tuple(area for area in known if area not in heard),
        total=reporting.total(session, *span, about, asking=not about),
        new_voices=reporting.new_voices(session, *span, about, asking=not about),
        kinds=_kinds(session, own, window, past, about),
        mostly=dict(_main_areas(session, own, window, about)),
        questions=None if about else _questions(session, own, window, past),
        unanswered=() if about else tuple(questions.unanswered(session, *span)),
        askers=0 if about else questions.askers(session, *span),
        changes=_decisions(reporting.changes(session, *span, about)),
        told=reporting.told(session, *span, about),
        month=month,
        closed=reporting.closure(session, own, *_month(month, window.until), about),
        about=about,
        days=window.days,
        unsigned=sum(alone.values()),
    )


def _periods_before(session: Session, community: Community, window: Window) -> Iterator[Window]:
    """The baseline: the previous periods, the oldest first, beginning with the one of the first message.

    Imported messages of long ago are no beginning: all that followed would be silence, and any new one an alarm.
    """
    since = min(community.created_at, window.before(BASELINE_PERIODS).since)
    first = reporting.first_message(session, community.id, since)
    for number in range(BASELINE_PERIODS, 0, -1):
        period = window.before(number)
        if first and first < period.until:
            yield period


def _kinds(session: Session, community_id: int, window: Window, past: list[Window], about: Areas) -> dict[Kind, Tally]:
    now, *before = (reporting.by_kind(session, community_id, one.since, one.until, about) for one in (window, *past))
    none = Count(0, 0)
    return {
        kind: _tally(now.get(kind, none).messages, [period.get(kind, none).messages for period in before])
        for kind in Kind
    }


def _questions(session: Session, community_id: int, window: Window, past: list[Window]) -> Tally:
    now, *before = (reporting.questions_asked(session, community_id, one.since, one.until) for one in (window, *past))
    return _tally(now, before)


def _main_areas(session: Session, community_id: int, window: Window, about: Areas) -> Iterator[tuple[Kind, str]]:
    counts = reporting.by_kind_and_area(session, community_id, window.since, window.until, about)
    for kind in Kind:
        areas = {area: number for (one, area), number in counts.items() if one is kind}
        busiest = max(areas, key=lambda area: areas[area], default=None)
        if busiest is not None and 2 * areas[busiest] > sum(areas.values()):
            yield kind, busiest


def _tally(now: int, past: list[int]) -> Tally:
    return Tally(now, limits(past))


def _waiting(session: Session, community_id: int, until: datetime, about: Areas) -> tuple[Wait, ...]:
    rows = reporting.waiting(session, community_id, until, WAITING, about)
    earlier = supports.earlier(session, [item for item, _ in rows])
    return tuple(Wait(item, number, (until - item.created_at).days, earlier.get(item.id, 0)) for item, number in rows)


def _decisions(changes: list[Change]) -> tuple[Change, ...]:
    """The latest decision on each item, outcomes first; that praise was read is not a decision."""
    latest: dict[int, Change] = {}
    for change in changes:
        if change.status != Status.READ:
            latest.setdefault(change.item.id, change)
    return tuple(sorted(latest.values(), key=lambda change: change.status not in CLOSED))


def _month(month: date, until: datetime) -> tuple[datetime, datetime]:
    """The span from the first instant of `month` to the first instant of the month `until` is in."""
    first = datetime(month.year, month.month, 1, tzinfo=until.tzinfo)
    return first, until.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
