"""A community that came with a file of weeks before the bot was there."""

from sqlmodel import Session

from bot.core import Core
from bot.ports.inbound import Role
from storage.models import Community
from tests.clock import StillClock
from tests.stage import BareStage, Person


async def test_nobody_could_ask_in_those_weeks_so_the_first_questions_are_not_unusual(
    stage: BareStage, core: Core, clock: StillClock
) -> None:
    for week in range(9):
        await Person(stage, "ines").says(f"/suggest The number {week} lamp by the gate")
        clock.forward(days=7)

    def move_in(session: Session) -> None:
        session.get_one(Community, 1).created_at = clock.now()

    await core.store.write(move_in)
    for number in range(6):
        await Person(stage, f"member {number}").says(f"/ask who waters the plant number {number}?")
    omar = Person(stage, "omar", Role.MODERATOR)
    await omar.says("/digest")
    assert "nusually many" not in omar.hears("Questions 6")
