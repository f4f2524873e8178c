"""Reads the figures of a digest: counts, quotes, decisions, unanswered questions and undecided items."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.digest import areas, pending
from bot.features.digest.data import ALARMS_DAYS, PATIENCE, DigestData, Window
from bot.features.digest.deciding import CANDIDATES, waiting
from bot.features.digest.pending import Pending
from bot.features.digest.topics import topics
from bot.signals.tally import Tally, Verdict, tally
from bot.themes import NO_THEMES, Overview
from storage.answers import questions
from storage.items.signals import alerts
from storage.models import Community
from storage.people import readiness
from storage.reports import periods, permission, reporting, turnout
from storage.reports.periods import Whose
from storage.reports.reporting import Change, Count
from storage.reports.spans import Areas
from storage.vocabulary import CLOSED, Kind, Status

BASELINE_PERIODS = 12
"""The largest number of previous periods a count is compared with."""
QUESTIONS = 3
"""The largest number of unanswered questions that are shown."""


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
    found: Overview = NO_THEMES,
    now: datetime | None = None,
    *,
    rebuilt: bool = False,
) -> DigestData:
    """Read the figures of a digest.

    Args:
        window: the span it covers.
        about: the areas to read; empty for everything.
        order: the community's areas, in its order.
        patience: days after which an undecided item counts as waiting long.
        found: the themes of the span, and the size of the sample they were found in.
        now: the instant for which waiting items are read; by default the end of the span.
        rebuilt: whether the span is past, so that waiting and closed items are read as they were at its end.
    """
    themes = found.unmuted
    own, span = community.id, (community.id, window.since, window.until)
    known = tuple(area for area in order if not about or area in about)
    # The queue is as of now: with items filed after the span, without those decided since.
    at = window.until if rebuilt or now is None else max(now, window.until)
    waits = pending.read(session, own, at, about, patience, CANDIDATES, rebuilt=rebuilt)
    edges = _edges(session, community, window)
    history = periods.of_items(session, own, edges, about)
    heard = periods.by_area(history.last)
    month = (window.until - timedelta(days=window.until.day)).date().replace(day=1)
    return DigestData(
        community=community.name,
        first_day=window.since.date(),
        last_day=(window.until - timedelta(microseconds=1)).date(),
        periods_known=len(edges) - 2,
        waiting=waiting(session, own, window, waits, themes),
        waiting_total=waits.total,
        waiting_since=waits.since.astimezone(window.until.tzinfo).date() if waits.since else None,
        waiting_long=waits.long,
        patience=patience,
        areas=tuple(areas.read(session, span, history, areas.busiest(heard, known))),
        more_areas=max(len(heard) - areas.AREAS, 0),
        unusual_areas={area: found for area, found in _areas(history.areas, known) if found.verdict is Verdict.SIGNAL},
        quiet=tuple(area for area in known if area not in heard),
        total=turnout.total(session, *span, about, asking=not about),
        new_voices=turnout.new_voices(session, *span, about, asking=not about),
        kinds={kind: tally(counts) for kind, counts in history.kinds.items()},
        mostly=dict(_main_areas(history.last)),
        questions=None if about else _questions(session, community, edges),
        unanswered=() if about else tuple(questions.unanswered(session, *span)),
        askers=0 if about else questions.askers(session, *span),
        changes=_decisions(reporting.changes(session, *span, about)),
        told=reporting.told(session, *span, about),
        month=month,
        closed=_closed(session, own, waits, _month(month, window.until), about),
        about=about,
        days=window.days,
        until=window.until,
        unsigned=sum(periods.unsigned(history.last).values()),
        false_alarms=alerts.false_alarms(session, own, window.until - timedelta(days=ALARMS_DAYS)),
        topics=tuple(topics(session, themes, window)),
        drawn=(found.read, found.total) if found.read < found.total else None,
        praise=next(iter(permission.permitted(session, *span, about, most=1, kind=Kind.PRAISE)), None),
        ready=readiness.ready_count(session, own, about, window.until),
    )


def _edges(session: Session, community: Community, window: Window) -> list[datetime]:
    """The beginnings of the previous periods since the first message, then the beginning and the end of this one.

    Imported messages from long before the community was set up are left out: the silence after them would make
    every new message unusual.
    """
    since = min(community.created_at, window.before(BASELINE_PERIODS).since)
    first = reporting.first_message(session, community.id, since)
    before = [window.before(number) for number in range(BASELINE_PERIODS, 0, -1)]
    return [*(one.since for one in before if first and first < one.until), window.since, window.until]


def _questions(session: Session, community: Community, edges: Sequence[datetime]) -> Tally:
    """The tally of questions, from the period on in which the first was asked or the community was set up."""
    counts = periods.of_questions(session, community.id, edges)
    here = (place for place, end in enumerate(edges[1:]) if counts[place].messages or community.created_at < end)
    return tally(counts[next(here, len(counts) - 1) :])


def _areas(history: Mapping[str | None, list[Count]], known: tuple[str, ...]) -> Iterator[tuple[str, Tally]]:
    """The tallies of the community's areas."""
    return ((area, tally(history[area])) for area in known if area in history)


def _main_areas(whose: Whose) -> Iterator[tuple[Kind, str]]:
    for kind in Kind:
        areas = {area: len(some) for (one, area), some in whose.items() if one == kind.value}
        busiest = max(areas, key=lambda area: areas[area], default=None)
        if busiest is not None and 2 * areas[busiest] > sum(areas.values()):
            yield kind, busiest


def _decisions(changes: list[Change]) -> tuple[Change, ...]:
    """The latest decision on each item, final statuses first; marking praise as read is no decision."""
    latest: dict[int, Change] = {}
    for change in changes:
        if change.status != Status.READ:
            latest.setdefault(change.item.id, change)
    return tuple(sorted(latest.values(), key=lambda change: change.status not in CLOSED))


def _closed(
    session: Session, community_id: int, waits: Pending, span: tuple[datetime, datetime], about: Areas
) -> tuple[int, int]:
    """How many of the items filed in a span are closed (of a past period: were at its end), and how many there are."""
    done, every = reporting.closure(session, community_id, *span, about)
    return done + waits.closed(*span), every


def _month(month: date, until: datetime) -> tuple[datetime, datetime]:
    """The span from the first instant of `month` to the first instant of the month `until` is in."""
    first = datetime(month.year, month.month, 1, tzinfo=until.tzinfo)
    return first, until.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
