"""Several digests: each on its days, for its community, where it is to go."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot.core import Core
from bot.features.digest.posting.calendar import calendar
from bot.features.digest.posting.drafting import Edition
from bot.features.digest.posting.publish import publish
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.plain import plain
from bot.settings.config import CommunitySettings, DigestSettings, Settings, StaffPlace
from storage.models import Digest, Outbox, Place
from storage.people import communities
from tests.clock import StillClock
from tests.stage import PLATFORM

MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
ELSEWHERE = StaffPlace(platform="slow", place="desk")
Opens = Callable[..., AbstractAsyncContextManager[Core]]


@pytest.fixture
def opened(settings: Settings, clock: StillClock) -> Opens:
    """A bot with these digests, founded on the Wednesday before."""

    @asynccontextmanager
    async def opened(*digests: DigestSettings, also: tuple[CommunitySettings, ...] = ()) -> AsyncIterator[Core]:
        changes = {"digests": digests, "communities": (*settings.communities, *also)}
        core = await open_core(settings.model_copy(update=changes), clock)
        try:
            yield core
        finally:
            core.store.close()

    return opened


async def posted(core: Core) -> list[tuple[str, str]]:
    """Name and period of every digest."""
    rows = await core.store.read(lambda session: session.exec(select(Digest).order_by(col(Digest.id))).all())
    return [(row.name, row.period) for row in rows]


async def texts(core: Core) -> list[str]:
    rows = await core.store.read(lambda session: session.exec(select(Digest).order_by(col(Digest.id))).all())
    return [plain(core.codec.load(row.payload)) for row in rows]


async def places(core: Core) -> list[tuple[str, str]]:
    """Where every message owed goes."""
    query = select(Place).join(Outbox, col(Outbox.place_id) == col(Place.id)).order_by(col(Outbox.id))
    rows = await core.store.read(lambda session: session.exec(query).all())
    return [(row.platform, row.external_id) for row in rows]


async def test_each_comes_on_its_own_days(opened: Opens, clock: StillClock) -> None:
    daily, weekly = DigestSettings(name="daily", day_of_week="*", hour=7), DigestSettings()
    async with opened(daily, weekly) as core:
        for hours in range(0, 7 * 24, 6):
            clock.time = MONDAY + timedelta(hours=hours)
            await Timetable(core).catch_up()
        days = [("daily", f"2026-03-{day:02}") for day in range(9, 16)]
        assert sorted(await posted(core)) == [*days, ("weekly", "2026-03-09")]


async def test_one_in_its_own_zone_comes_by_that_clock_and_says_so_when_late(opened: Opens, clock: StillClock) -> None:
    async with opened(DigestSettings(timezone="Asia/Tokyo")) as core:
        clock.time = datetime(2026, 3, 8, 23, 59, tzinfo=UTC)
        assert await Timetable(core).catch_up() == 0
        clock.forward(hours=2)
        assert await Timetable(core).catch_up() == 1
        assert "Late: it was due on 9 March at 09:00." in (await texts(core))[0]


async def test_one_of_a_community_is_not_the_others(opened: Opens, clock: StillClock) -> None:
    forum = CommunitySettings(key="forum", name="Forum", staff=StaffPlace(platform=PLATFORM, place="forum"))
    async with opened(DigestSettings(community="forum"), also=(forum,)) as core:
        clock.time = MONDAY + timedelta(hours=2)
        assert await Timetable(core).catch_up() == 1
        assert await places(core) == [(PLATFORM, "forum")]


async def test_one_goes_to_its_own_place_in_its_own_language_and_the_staff_place_stays(
    opened: Opens, clock: StillClock
) -> None:
    own = DigestSettings(name="desk", staff=ELSEWHERE, language="fr")
    async with opened(own, DigestSettings()) as core:
        clock.time = MONDAY
        assert await Timetable(core).catch_up() == 2
        assert await places(core) == [("slow", "desk"), (PLATFORM, "staff")]
        french, english = await texts(core)
        assert french.startswith("Le point de la semaine")
        assert english.startswith("Your week")


async def test_a_place_may_be_the_staff_place_itself(opened: Opens, clock: StillClock) -> None:
    async with opened(DigestSettings(staff=StaffPlace(platform=PLATFORM, place="staff"))) as core:
        clock.time = MONDAY
        assert await Timetable(core).catch_up() == 1
        place = await core.store.read(lambda session: communities.staff_place(session, 1))
        assert place
        assert place.external_id == "staff"


async def test_a_place_of_another_community_is_refused_with_the_mend_told_once(
    opened: Opens, clock: StillClock
) -> None:
    forum = CommunitySettings(key="forum", name="Forum", staff=ELSEWHERE)
    async with opened(DigestSettings(community="plaza", staff=ELSEWHERE), also=(forum,)) as core:
        clock.time = MONDAY
        timetable = Timetable(core)
        with capture_logs() as logs:
            assert [await timetable.catch_up() for _ in range(2)] == [0, 0]
        assert [entry["mend"] for entry in logs] == [
            "set digests.staff to a place of plaza: this one is another community's"
        ]
        assert await posted(core) == []


async def test_one_of_a_community_there_is_not_is_named_once(opened: Opens, clock: StillClock) -> None:
    async with opened(DigestSettings(community="plazza")) as core:
        clock.time = MONDAY
        timetable = Timetable(core)
        with capture_logs() as logs:
            assert [await timetable.catch_up() for _ in range(2)] == [0, 0]
        assert [entry["mend"] for entry in logs] == ["set digests.community to one of: plaza"]


async def test_one_whose_day_was_changed_does_not_make_up_for_days_before(opened: Opens, clock: StillClock) -> None:
    async with opened(DigestSettings()) as core:
        clock.time = MONDAY + timedelta(weeks=1)
        assert await Timetable(core).catch_up() == 1
    async with opened(DigestSettings(day_of_week="fri")) as core:
        clock.forward(days=1)
        assert await Timetable(core).catch_up() == 0
        clock.forward(days=3)
        assert await Timetable(core).catch_up() == 1
        assert await posted(core) == [("weekly", "2026-03-16"), ("weekly", "2026-03-20")]


async def test_one_nobody_was_there_for_comes_once_late_and_the_others_are_left(
    opened: Opens, clock: StillClock
) -> None:
    async with opened(DigestSettings(name="daily", day_of_week="*")) as core:
        clock.time = MONDAY + timedelta(days=5, hours=3)
        assert [await Timetable(core).catch_up() for _ in range(2)] == [1, 0]
        assert await posted(core) == [("daily", "2026-03-14")]
        assert "Late: it was due on 14 March at 09:00." in (await texts(core))[0]


async def test_one_posted_by_hand_the_same_morning_does_not_stand_for_the_one_that_is_due(
    opened: Opens, clock: StillClock
) -> None:
    async with opened(DigestSettings()) as core:
        clock.time = MONDAY - timedelta(hours=1)
        (community,) = await core.store.read(communities.every)
        window = calendar(DigestSettings(), community).window_until(clock.time)
        assert await publish(core, community, Edition(DigestSettings(), "2026-03-09T07:00Z", window))
        clock.time = MONDAY
        assert await Timetable(core).catch_up() == 1
