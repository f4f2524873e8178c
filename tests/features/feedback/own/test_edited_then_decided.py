"""A decision on the edited words of a nameless item is not said to be of before the edit, also on the same day."""

from sqlmodel import Session, select

from storage.models import Community
from storage.reports import reporting
from tests.clock import StillClock
from tests.stage import BareStage, Person


async def edited(stage: BareStage) -> list[bool]:
    """Of each decision, the newest first, whether its item was edited since."""

    def job(session: Session) -> list[bool]:
        own = session.exec(select(Community)).one()
        now = stage.core.clock.now()
        return [
            one.edited for one in reporting.changes(session, own.id, own.created_at, now.replace(year=now.year + 1))
        ]

    return await stage.core.store.read(job)


async def files_and_edits(noor: Person) -> None:
    await noor.says("/suggest")
    await noor.fills(text="A bench by the river", audience="everyone", name="nameless")
    await noor.presses("Send")


async def test_the_order_of_one_day_is_told(
    stage: BareStage, noor: Person, alex: Person, camille: Person, clock: StillClock
) -> None:
    await files_and_edits(noor)
    await camille.says("/support 1000")
    await noor.says("/edit 1000 Two tables and a fountain in the yard")
    clock.forward(minutes=5)
    await alex.says("/queue 1000 planned")
    assert await edited(stage) == [False]
    clock.forward(minutes=5)
    await noor.says("/edit 1000 A cinema in the hall, on Sundays")
    assert await edited(stage) == [True]


async def test_the_teams_word_on_other_words_is_marked_and_one_taken_back_is_not_shown(
    noor: Person, alex: Person, camille: Person, clock: StillClock
) -> None:
    await files_and_edits(noor)
    await alex.says("/queue 1000 done It stands since Monday.")
    await camille.says("/status 1000")
    camille.hears("The team's word of 4 March:\n> It stands since Monday.")
    await alex.says("/reopen 1000")
    await camille.says("/status 1000")
    assert "Monday" not in camille.hears("Status: received")
    clock.forward(days=1)
    await alex.says("/queue 1000 planned Good idea.")
    clock.forward(days=1)
    await noor.says("/edit 1000 A cinema in the hall, on Sundays")
    await camille.says("/status 1000")
    camille.hears("The team's word of 5 March, before it was edited:\n> Good idea.")
