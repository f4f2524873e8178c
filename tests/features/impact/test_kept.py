"""Who was told, and how long an answer took, stays known once the deliveries are gone, and is recounted equal."""

import io
from datetime import date, timedelta

from bot.core import Core
from bot.impact import table
from bot.impact.figures import Key
from bot.impact.report import Report
from bot.privacy.retention import Sweep
from storage.models import Community, ToldMonth
from storage.reports import reporting, turnout
from tests.clock import StillClock
from tests.features.impact.conftest import Lives
from tests.features.impact.recount import differing, read
from tests.features.impact.reports import report
from tests.stage import BareStage, Person

SHOWN = (Key.TOLD, Key.ANSWER)


def shown(found: Report) -> dict[Key, tuple[float | None, int]]:
    """The figures of deliveries with the rows they are of, after they were recounted from what is exported."""
    out = io.StringIO()
    table.write(found, out)
    assert differing(read(io.StringIO(out.getvalue()))) == {}
    return {key: (found.figures[key].value, found.figures[key].rows) for key in SHOWN}


async def answered(stage: BareStage, omar: Person) -> None:
    """The team answers the question that waits."""
    await omar.says("/unanswered")
    await omar.presses("Answer: Who feeds the cat?")
    await omar.fills(text="Camille does.")
    await stage.deliver()


async def test_a_swept_month_says_what_it_said(
    lives: Lives, core: Core, clock: StillClock, stage: BareStage, omar: Person
) -> None:
    await lives()
    await answered(stage, omar)
    clock.time += timedelta(hours=5)
    await omar.says("/queue 3 resolved It opens again")
    await stage.deliver()
    found = await report(core, "2026-03")
    before = shown(found)
    assert before[Key.TOLD] == (2, 3)
    # As digests count.
    span = (1, found.reach.since, found.reach.until)
    total = await core.store.read(lambda session: turnout.total(session, *span, asking=True))
    closed = await core.store.read(lambda session: reporting.closure(session, *span))
    assert found.figures[Key.HEARD].value == total.people
    assert (found.figures[Key.CLOSURE].part, found.figures[Key.CLOSURE].whole) == closed
    for days in (31, 1, 40):
        clock.time += timedelta(days=days)
        await Sweep(core).clear()
        after = shown(await report(core, "2026-03"))
        assert [value for value, _ in after.values()] == [value for value, _ in before.values()]
    assert after[Key.TOLD] == (2, 2)
    assert shown(await report(core, "2026"))[Key.TOLD] == (2, 2)
    rows = await core.store.read(lambda session: session.get(ToldMonth, (1, date(2026, 3, 1))))
    assert rows
    assert rows.people == 2


async def test_a_month_of_which_some_went_uncounted_stays_unknown(lives: Lives, core: Core, clock: StillClock) -> None:
    await lives()
    await core.store.write(lambda session: setattr(session.get_one(Community, 1), "counted_since", date(2026, 4, 1)))
    clock.time += timedelta(days=70)
    await Sweep(core).clear()
    assert (await report(core, "2026-03")).delivered_since is None
    assert (await report(core, "2026")).delivered_since == date(2026, 4, 1)


async def test_who_was_told_in_two_months_counts_in_each(
    core: Core, clock: StillClock, stage: BareStage, omar: Person
) -> None:
    noor = Person(stage, "noor")
    for month in range(2):
        await noor.says(f"/suggest {('Open on Sundays', 'A lamp in the cellar')[month]}")
        await omar.says(f"/queue {month + 1} done Since Monday")
        await stage.deliver()
        clock.time += timedelta(days=31)
    clock.time += timedelta(days=62)
    await Sweep(core).clear()
    told = [(await report(core, month)).figures[Key.TOLD].value for month in ("2026-03", "2026-04", "2026")]
    assert told == [1, 1, 2]
