"""What a community did by every means there is comes back equal."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlmodel import Session

from bot.core import Core
from bot.ports.inbound import Role
from bot.transfer.outgoing.export import write_json
from storage.items import details, feedback
from storage.models import Community
from storage.vocabulary import Action, Kind, Publication, Status
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.transfer.conftest import load_table
from tests.transfer.exporting import written
from tests.transfer.outgoing.test_restoring import again, bring, opened


async def live_long(stage: BareStage, clock: StillClock) -> None:
    """A life with all that can be done with what people write."""
    mo, ada, ben = Person(stage, "Mo", Role.STAFF), Person(stage, "Ada"), Person(stage, "Ben", language="fr")
    await mo.says("/words problem =Snag =Pépin")
    await mo.says("/words quality =Care =Soin")
    await ada.says("/suggest A dark theme for the evening")
    await ben.says("/suggest Longer benches beside the river")
    await ada.says("/suggest A night theme for late hours")
    await ada.says("/problem The lift is broken again")
    await ben.says("/problem Nobody answers the door bell")
    await ben.says("/praise The desk was kind to my mother")
    await ada.says("/suggest Rude words about the neighbours")
    await ada.says("/suggest Something that was never meant")
    await ben.says("/suggest A tap in the garden")
    for number in (1, 3, 4):
        await ben.says(f"/support {number}")
        await ben.says(f"/follow {number}")
    await ben.says("/why 1 My eyes hurt")
    clock.forward(hours=2)
    await ada.says("/edit 1 A dark theme for the evening, and for the morning")
    await ada.says("/area 1 quality")
    await ada.says("/visibility 1 team nameless")
    await mo.says("/jointo 3 1")
    await mo.presses("Join #3 to #1")
    await mo.says("/jointo 9 2")
    await mo.presses("Join #9 to #2")
    await mo.says("/separate 9")
    await mo.says("/assign 2 Gardeners")
    await mo.says("/due 2 2026-12-24")
    await mo.says("/note 2 Ask the city first")
    await mo.says("/askauthor 2 Which side of the river?")
    await ada.says("/withdraw 8")
    await mo.says("/remove 7 Not how we speak here")
    await ada.says("/appeal 7 It was meant kindly")
    await mo.says("/block 7 a day")
    await mo.says("/unblock 7")
    await mo.says("/restore 7")
    await mo.says("/remove 7 Not how we speak here")
    await mo.says("/queue 2 planned =Spring, if it is dry")
    await mo.says("/queue 4 done New motor")
    await mo.says("/queue 5 explained The bell is only for parcels")
    await mo.says("/incident 4 We know that the lift is broken")
    clock.forward(hours=30)
    await mo.says("/reopen 4")
    await mo.says("/queue 9 already exists Behind the shed")
    await ada.says("/dialogue 1")
    await ben.says("/ask When does the garden open?")
    clock.forward(hours=30)


def add_the_rest(session: Session) -> None:
    """What only time, forms or earlier versions bring."""
    at = datetime(2026, 3, 6, 8, tzinfo=UTC)
    details.add(session, 5, {"where": "=North side; left", "since": "Today"})
    item, held = feedback.by_number(session, 1, 6), feedback.by_number(session, 1, 9)
    assert item
    assert held
    held.publication = Publication.HELD
    session.add(held)
    for action in Action:
        feedback.record(session, item, action, None, before="a", after="b", note=f"{action} “=1” 🦊\nnext line", at=at)


async def test_all_that_was_done_comes_back_equal(
    core: Core, plaza: Community, tmp_path: Path, stage: BareStage, clock: StillClock
) -> None:
    await live_long(stage, clock)
    await load_table(core, plaza, "text,votes,status\nMore shade in the yard,12,Planned\n")
    await core.store.write(add_the_rest)
    for removed in (False, True):
        write = partial(write_json, removed=removed)
        before = await written(core, plaza, write)
        told = json.loads(before)
        assert {change["action"] for one in told for change in one["history"]} == set(Action)
        assert {one["publication"] for one in told} == set(Publication)
        assert {one["kind"] for one in told} == set(Kind)
        assert {Status.JOINED, Status.WITHDRAWN, Status.PLANNED, Status.EXISTS} < {one["status"] for one in told}
        assert {one["base_support"] for one in told} == {0, 12}
        async with opened(f"sqlite:///{tmp_path}/{removed}.db", tmp_path / f"{removed}.key") as elsewhere:
            outcome, problems = await bring(elsewhere, before)
            assert (outcome.imported, problems) == (10, []), removed
            assert await again(elsewhere, write) == before, removed
