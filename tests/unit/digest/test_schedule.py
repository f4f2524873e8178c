"""When a digest is due, posted once, and what a bot that was away makes up for."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from bot.core import Core
from bot.features.digest.posting.calendar import calendar
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.settings.config import DigestSettings, Settings
from storage.engine.errors import StoreBusy
from storage.models import Community, Digest, Outbox
from storage.people import communities
from storage.reports import digests
from tests.clock import WEDNESDAY, StillClock
from tests.stage import BareStage

MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
"""The Monday after the community was founded, at nine in Paris."""
ZONE = ZoneInfo("Europe/Paris")
WEEK = timedelta(weeks=1)
MOMENT = timedelta(seconds=1)


def at(clock: StillClock, moment: datetime) -> None:
    clock.time = moment


async def posted(core: Core) -> list[Digest]:
    """The digests that were claimed; each owes one message."""
    rows = await core.store.read(lambda session: list(session.exec(select(Digest).order_by(col(Digest.id)))))
    owed = await core.store.read(lambda session: len(session.exec(select(Outbox)).all()))
    assert owed == len(rows)
    return rows


async def periods(core: Core) -> list[tuple[str, bool]]:
    return [(row.period, row.late) for row in await posted(core)]


@contextmanager
def patience(seconds: float = 3) -> Iterator[None]:
    """Fail rather than hang: a loop without an end is otherwise only ended by hand."""

    def lose(*_: object) -> None:
        raise TimeoutError("no end to it")

    before = signal.signal(signal.SIGALRM, lose)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@asynccontextmanager
async def configured(settings: Settings, clock: StillClock, **changes: object) -> AsyncIterator[Core]:
    core = await open_core(settings.model_copy(update=changes), clock)
    try:
        yield core
    finally:
        core.store.close()


async def test_on_monday_at_nine_the_digest_arrives_once(core: Core, clock: StillClock, stage: BareStage) -> None:
    at(clock, MONDAY - MOMENT)
    timetable = Timetable(core)
    assert await timetable.catch_up() == 0
    assert await posted(core) == []
    at(clock, MONDAY)
    assert [await timetable.catch_up() for _ in range(3)] == [1, 0, 0]
    assert await periods(core) == [("2026-03-09", False)]
    await stage.deliver()
    (heard,) = stage.staff()
    assert "2-8 March" in heard
    assert "Late" not in heard
    # A restart or a later hour posts it no second time, and each week has its own; minutes late are not late.
    for hours in (0, 1, 30, 100):
        at(clock, MONDAY + timedelta(hours=hours))
        assert await Timetable(core).catch_up() == 0
    for moment in (MONDAY + WEEK, MONDAY + 2 * WEEK + timedelta(minutes=59)):
        at(clock, moment)
        assert await Timetable(core).catch_up() == 1
    assert await periods(core) == [("2026-03-09", False), ("2026-03-16", False), ("2026-03-23", False)]


async def test_after_downtime_it_comes_once_and_says_it_is_late_the_latest_missed_one_alone(
    core: Core, clock: StillClock, stage: BareStage
) -> None:
    at(clock, MONDAY + timedelta(days=1))
    await Timetable(core).catch_up()
    assert await periods(core) == [("2026-03-09", True)]
    await stage.deliver()
    assert "Late: it was due on 9 March at 09:00." in stage.staff()[0]
    assert "2-8 March" in stage.staff()[0]
    # After a month away, only the latest missed one comes.
    at(clock, MONDAY + 4 * WEEK + timedelta(days=6))
    timetable = Timetable(core)
    assert [await timetable.catch_up(), await timetable.catch_up()] == [1, 0]
    assert await periods(core) == [("2026-03-09", True), ("2026-04-06", True)]


async def test_nothing_is_posted_for_a_week_before_the_community_existed(settings: Settings, clock: StillClock) -> None:
    at(clock, MONDAY + MOMENT)
    async with configured(settings, clock) as core:
        assert await Timetable(core).catch_up() == 0
        at(clock, MONDAY + WEEK)
        assert await Timetable(core).catch_up() == 1


async def test_two_timetables_or_processes_at_once_post_one(core: Core, settings: Settings, clock: StillClock) -> None:
    at(clock, MONDAY)
    assert sum(await asyncio.gather(*(Timetable(core).catch_up() for _ in range(5)))) == 1
    assert len(await posted(core)) == 1
    at(clock, MONDAY + WEEK)
    async with configured(settings, clock) as other:
        assert sum(await asyncio.gather(Timetable(core).catch_up(), Timetable(other).catch_up())) == 1
    assert len(await posted(core)) == 2


async def test_a_process_that_did_not_see_the_others_claim_posts_nothing(
    core: Core, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(clock, MONDAY)
    assert await Timetable(core).catch_up() == 1
    monkeypatch.setattr(digests, "posted_since", lambda *_: False)
    monkeypatch.setattr(digests, "claimed", lambda *_: False)
    assert await Timetable(core).catch_up() == 0
    assert len(await posted(core)) == 1


async def test_a_community_without_a_staff_place_or_with_a_fault_of_its_own_holds_no_other_up(
    core: Core, clock: StillClock
) -> None:
    await core.store.write(lambda session: _found(session, "agora", "Europe/Paris", staff=False))
    await core.store.write(lambda session: _found(session, "lost", "Atlantis/Poseidonis", staff=True))
    await core.store.write(lambda session: _found(session, "forum", "Europe/Paris", staff=True))
    at(clock, MONDAY)
    assert await Timetable(core).catch_up() == 2


async def test_each_community_has_its_own_nine_o_clock(core: Core, clock: StillClock) -> None:
    await core.store.write(lambda session: _found(session, "tokyo", "Asia/Tokyo", staff=True))
    at(clock, datetime(2026, 3, 9, 0, 0, tzinfo=UTC))
    assert await Timetable(core).catch_up() == 1
    at(clock, MONDAY)
    assert await Timetable(core).catch_up() == 1


def _found(session: Session, key: str, zone: str, *, staff: bool) -> Community:
    kept = communities.ensure(session, key, key.title(), "en", zone, WEDNESDAY)
    if staff:
        communities.join_place(session, kept.id, "bare", f"staff of {key}", staff=True)
    return kept


@pytest.mark.parametrize(
    ("monday", "hours", "first", "last"),
    [
        (datetime(2026, 3, 30, 7, 0, tzinfo=UTC), 167, date(2026, 3, 23), date(2026, 3, 29)),
        (datetime(2026, 10, 26, 8, 0, tzinfo=UTC), 169, date(2026, 10, 19), date(2026, 10, 25)),
    ],
    ids=["spring", "autumn"],
)
async def test_nine_stays_nine_and_a_week_seven_days_when_the_clocks_change(
    core: Core, clock: StillClock, monday: datetime, hours: int, first: date, last: date
) -> None:
    (community,) = await core.store.read(communities.every)
    own, day = calendar(DigestSettings(), community), monday.astimezone(ZONE).date()
    assert own.latest(monday - MOMENT) == day - WEEK
    assert (own.latest(monday), own.instant(day)) == (day, monday)
    window = own.window(day)
    assert (window.since.date(), (window.until - MOMENT).date()) == (first, last)
    assert (window.until.astimezone(UTC) - window.since.astimezone(UTC)) == timedelta(hours=hours)
    at(clock, monday)
    assert await Timetable(core).catch_up() == 1


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        pytest.param("Europe/Paris", "2026-03-29", "2026-03-29T01:00", id="skipped in Paris"),
        pytest.param("Europe/Paris", "2026-10-25", "2026-10-25T00:30", id="twice in Paris"),
        pytest.param("America/New_York", "2026-03-08", "2026-03-08T07:00", id="skipped in New York"),
        pytest.param("Europe/London", "2026-10-25", "2026-10-25T02:30", id="after the change in London"),
        pytest.param("Asia/Tokyo", "2026-03-29", "2026-03-28T17:30", id="never changed in Tokyo"),
    ],
)
async def test_on_the_night_the_clocks_change_half_past_two_posts_once(
    settings: Settings, clock: StillClock, zone: str, day: str, instant: str
) -> None:
    due = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    nightly = DigestSettings(day_of_week="sun", hour=2, minute=30, timezone=zone)
    async with configured(settings, clock, digests=(nightly,)) as core:
        at(clock, due - timedelta(days=1))
        await Timetable(core).catch_up()
        before = len(await posted(core))
        for seconds, number in ((-1, 0), (0, 1), (1, 0), (1800, 0), (3600, 0), (7200, 0)):
            at(clock, due + timedelta(seconds=seconds))
            with patience():
                assert await Timetable(core).catch_up() == number
        assert (await periods(core))[before:] == [(day, False)]


async def test_the_latest_due_is_the_last_monday_at_nine_whatever_the_season(core: Core) -> None:
    (community,) = await core.store.read(communities.every)
    own, start = calendar(DigestSettings(), community), datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(0, 24 * 366, 29):
        now = start + timedelta(hours=hours, minutes=hours % 60)
        day = own.latest(now)
        assert day is not None
        due = own.instant(day)
        local = due.astimezone(ZONE)
        assert (local.weekday(), local.hour, local.minute) == (0, 9, 0)
        assert timedelta(0) <= now - due < timedelta(days=7, hours=1)


async def test_what_could_not_be_posted_when_due_is_posted_a_minute_later(
    core: Core, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(clock, MONDAY + MOMENT)
    timetable = Timetable(core)

    async def busy(*_: object) -> None:
        raise StoreBusy("Another program holds the database.")

    with monkeypatch.context() as held:
        held.setattr(type(core.store), "read", busy)
        assert await timetable.catch_up() == 0
    clock.forward(minutes=1)
    assert await timetable.catch_up() == 1
    assert len(await posted(core)) == 1
