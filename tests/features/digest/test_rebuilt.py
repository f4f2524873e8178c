"""What waits: at the hour a digest is posted, and, for a period that is past, as it stood then."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.features.digest.data import DigestData
from bot.features.digest.posting.calendar import calendar
from bot.features.digest.posting.drafting import Edition, prepare
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.settings.config import DigestSettings, Settings
from storage.people import communities
from storage.reports import digests
from tests.clock import StillClock
from tests.stage import BareStage, Person, bare_stage

ZONE = ZoneInfo("Europe/Paris")


async def past(stage: BareStage, days: int) -> DigestData:
    """The week that ended so many days ago, as it is rebuilt."""
    (community,) = await stage.core.store.read(communities.every)
    until = stage.core.clock.now() - timedelta(days=days)
    own = calendar(DigestSettings(), community)
    edition = Edition(DigestSettings(), "", own.window_until(until), rebuilt=True)
    return (await prepare(stage.core, community, edition)).data


async def test_what_was_filed_at_eleven_waits_in_the_evening(settings: Settings, clock: StillClock) -> None:
    evening = DigestSettings(day_of_week="*", hour=20)
    core = await open_core(settings.model_copy(update={"digests": (evening,)}), clock)
    async with bare_stage(core) as stage:
        await Person(stage, "ines").says("/suggest A bench in the shade")
        clock.forward(hours=9)
        assert await Timetable(core).catch_up() == 1
        (row,) = await core.store.read(lambda session: digests.archive(session, 1, 1))
        text = plain(core.codec.load(row.payload))
        assert "1 thing waits for a decision, since 4 March." in text
        assert "#1 A bench in the shade · since today" in text
        assert "Nothing new." in text
    core.store.close()


async def test_a_past_week_shows_what_waited_then_and_what_was_closed_then(stage: BareStage, clock: StillClock) -> None:
    ines, omar = Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
    await ines.says("/suggest A bench in the shade")
    await ines.says("/suggest A lamp in the cellar")
    await omar.says("/queue 2 planned")
    clock.forward(days=35)
    for number, decision in ((1, "done"), (2, "done")):
        await omar.says(f"/queue {number} {decision}")
    await omar.says("/reopen 2")
    then = await past(stage, 33)
    assert [wait.item.number for wait in then.waiting] == [1]
    assert (then.waiting_total, then.closed) == (1, (0, 0))
    assert then.waiting_since
    assert then.waiting_since.isoformat() == "2026-03-04"
    assert then.waiting[0].days == 2
    april = await past(stage, 1)
    assert (april.waiting_total, april.closed) == (1, (0, 2))
    clock.forward(days=1)
    assert (await past(stage, 0)).closed == (1, 2)


async def test_after_three_weeks_without_the_bot_only_the_last_week_is_posted_with_what_waits_now(
    stage: BareStage, clock: StillClock
) -> None:
    ines, omar = Person(stage, "ines"), Person(stage, "omar", Role.MODERATOR)
    await ines.says("/suggest A bench in the shade")
    await ines.says("/suggest A lamp in the cellar")
    clock.forward(days=26)
    await omar.says("/queue 1 planned")
    await stage.pass_time()
    await stage.deliver()
    (text,) = stage.staff()[-1:]
    assert "#2 A lamp in the cellar · waiting 26 days" in text
    assert "#1 A bench" not in text
    week = await past(stage, 21)
    assert week.total.messages == 2
    assert {wait.item.number for wait in week.waiting} == {1, 2}
