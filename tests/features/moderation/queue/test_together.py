"""Two moderators press at the same moment, in two threads on the real store: one decides, and the other is told."""

import asyncio
import re

from sqlmodel import Session, select

from storage.models import History
from storage.vocabulary import Action
from tests.features.moderation.queue.conftest import Sets
from tests.stage import BareStage, Person
from tests.words import WISHES


async def _decisions(stage: BareStage) -> list[str | None]:
    def look(session: Session) -> list[str | None]:
        return list(session.exec(select(History.after).where(History.action == Action.STATUS)))

    return await stage.core.store.read(look)


async def test_of_two_presses_at_once_one_decides(stage: BareStage, camille: Person, alex: Person, lea: Person) -> None:
    for number in range(6):
        await camille.says(f"/suggest {WISHES[number]}")
        for one in (alex, lea):
            await one.says(f"/queue {number + 1}")
        await asyncio.gather(alex.presses("Planned"), lea.presses("Done"))
        said = [one.hears("") for one in (alex, lea)]
        assert len([words for words in said if f"#{number + 1} is now" in words]) == 1
        assert len([words for words in said if f"Meanwhile a decision was made on #{number + 1}" in words]) == 1
    assert len(await _decisions(stage)) == 6


async def test_a_decision_and_a_change_of_the_area_at_once_both_stand(
    camille: Person, alex: Person, lea: Person, sets: Sets
) -> None:
    await camille.says("/suggest Parcels arrive late")
    await sets(1, area="Delivery", area_guessed=True)
    for one in (alex, lea):
        await one.says("/queue 1")
    await asyncio.gather(alex.presses("Planned"), lea.presses("Site"))
    alex.hears("#1 is now planned.")
    lea.hears("#1 is now about: Site.")
    await alex.says("/queue 1")
    alex.hears("Status: planned", "Area: Site\n")


async def test_many_moderators_at_once_are_all_named_once(stage: BareStage, camille: Person, alex: Person) -> None:
    await camille.says("/suggest Parcels arrive late")
    crowd = [Person(stage, f"colleague {number}", alex.role) for number in range(8)]
    await asyncio.gather(*(one.says("/queue 1") for one in crowd))
    await alex.says("/queue 1")
    named = re.search(r"(.+) are looking at it, too\.", alex.hears("#1"))
    assert named is not None
    assert len(set(named[1].split(", "))) == 3
