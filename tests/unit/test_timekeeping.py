"""A wrong clock neither erases nor posts; what it left behind is taken back, and the Mondays come as ever."""

from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from sqlmodel import Session, select
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.core import Core
from bot.features.digest.posting.timetable import Timetable
from bot.privacy.departures import Departures
from bot.privacy.retention import Sweep
from bot.timekeeping import PlatformTime, Timekeeping, deviation
from storage.models import Community, Digest, Inbox, Outbox
from storage.reports import installation
from storage.traffic import inbox
from storage.vocabulary import Delivery
from tests.clock import WEDNESDAY, StillClock
from tests.stage import BareStage, Person

Log = list[MutableMapping[str, Any]]
YEARS = timedelta(days=3650)


@pytest.fixture
def log() -> Iterator[Log]:
    with capture_logs() as entries:
        yield entries


def told(platform_time: PlatformTime, at: datetime) -> None:
    platform_time.note_date(format_datetime(at, usegmt=False))


async def runs(core: Core, *tasks: Timetable | Sweep | Departures) -> None:
    """Every task that erases or posts looks at the clock."""
    for task in tasks or (Timetable(core), Sweep(core), Departures(core)):
        await task.look()


async def count(core: Core, model: Any) -> int:
    return len(await core.store.read(lambda session: list(session.exec(select(model)))))


async def test_a_clock_years_ahead_neither_erases_nor_posts_and_is_told_once(
    core: Core, clock: StillClock, log: Log
) -> None:
    await core.store.write(lambda session: inbox.close(session, "bare", "old", clock.now()))
    await runs(core)
    clock.time += YEARS
    tasks = Timetable(core), Sweep(core), Departures(core)
    await runs(core, *tasks)
    await runs(core, *tasks)
    assert (await count(core, Inbox), await count(core, Digest)) == (1, 0)
    assert [one["jumped"] for one in log if one["event"] == "clock"] == ["3650 days ahead"]
    clock.time = WEDNESDAY + timedelta(hours=1)
    await runs(core)
    assert await core.store.read(installation.seen_at) == WEDNESDAY


async def test_after_an_outage_of_days_it_goes_on_once_a_platform_tells_the_time(core: Core, clock: StillClock) -> None:
    await runs(core)
    clock.time = datetime(2026, 3, 10, 12, tzinfo=UTC)
    await runs(core)
    assert await count(core, Digest) == 0
    told(core.platform_time, clock.now())
    await runs(core)
    assert [row.late for row in await core.store.read(lambda session: list(session.exec(select(Digest))))] == [True]


async def test_a_wrong_clock_is_found_out_at_the_first_start_and_does_not_stay_believed(
    core: Core, clock: StillClock
) -> None:
    clock.time += YEARS
    watch = Timekeeping(core.store, clock, core.platform_time)
    assert await watch.trusted(), "nothing tells otherwise yet, and there is nothing to erase"
    told(core.platform_time, WEDNESDAY)
    assert not await watch.trusted()
    clock.time = WEDNESDAY
    assert await watch.trusted()
    assert await core.store.read(installation.seen_at) == WEDNESDAY


def test_a_clock_that_went_back_is_no_better_and_half_a_day_is_nothing() -> None:
    assert deviation(WEDNESDAY, WEDNESDAY + YEARS, None) == -YEARS
    assert deviation(WEDNESDAY, WEDNESDAY - timedelta(hours=23), None) is None
    assert deviation(WEDNESDAY, WEDNESDAY - YEARS, WEDNESDAY) is None
    assert deviation(WEDNESDAY, None, None) is None


def test_a_header_that_tells_no_time_is_passed_over() -> None:
    cases: list[str | None] = [None, "", "yesterday", "Mon, 99 Foo 2026 00:00:00 GMT"]
    for header in cases:
        platform_time = PlatformTime()
        platform_time.note_date(header)
        assert platform_time.now() is None, header


async def test_a_clock_that_is_set_forward_on_purpose_is_trusted(core: Core) -> None:
    clock = MovableClock()
    watch = Timekeeping(core.store, clock, core.platform_time)
    clock.move_to(datetime.now(UTC) + YEARS)
    assert await watch.trusted()


async def test_six_mondays_after_a_wrong_clock_come_as_ever(
    stage: BareStage, camille: Person, core: Core, clock: StillClock
) -> None:
    for ahead in (timedelta(weeks=3), YEARS):
        clock.time = WEDNESDAY + ahead
        await stage.pass_time()
        await stage.deliver()
    assert await count(core, Digest) == 2
    await core.store.write(lambda session: _stored_ahead(session, clock.now()))
    for week in range(6):
        clock.time = datetime(2026, 3, 9, 8, 1, tzinfo=UTC) + timedelta(weeks=week)
        await camille.says("/suggest More light")
        await stage.pass_time()
    found = await core.store.read(lambda session: list(session.exec(select(Digest).order_by(Digest.posted_at))))  # type: ignore[arg-type]
    assert [row.period for row in found if len(row.period) == 10] == [
        (datetime(2026, 3, 9, tzinfo=UTC) + timedelta(weeks=week)).date().isoformat() for week in range(6)
    ]
    owed = await core.store.read(lambda session: list(session.exec(select(Outbox))))
    assert not [row for row in owed if row.state is Delivery.WAITING and row.next_at > clock.now() + timedelta(days=1)]


def _stored_ahead(session: Session, then: datetime) -> None:
    """What else a wrong clock stores: when a community began, and when a message is tried again."""
    session.exec(select(Community)).one().created_at = then
    session.add(Outbox(dedupe_key="k", place_id=1, payload={}, created_at=then, next_at=then, state=Delivery.WAITING))
