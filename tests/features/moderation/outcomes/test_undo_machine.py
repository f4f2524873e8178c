"""Random life of decisions, on one item and on several, taken back or not: what is told is how it stands."""

import random
import re

import pytest
from sqlmodel import Session, select

from bot.features.telling.gathering import Gathering
from storage.models import Feedback
from tests.clock import StillClock
from tests.stage import BareStage, Person

STEPS, ITEMS = 25, 5
_NEWS = re.compile(r"#(\d+) is now ([a-z ]+)\.")
VERDICTS = ("planned", "done", "in progress", "on hold", "review")


async def _stands(stage: BareStage) -> dict[int, str]:
    """The status of each item, in words."""

    def job(session: Session) -> dict[int, str]:
        speech = stage.core.languages.speech("en")
        return {one.number: speech.word(one.status) for one in session.exec(select(Feedback))}

    return await stage.core.store.read(job)


def _told(stage: BareStage, person: Person) -> dict[int, str]:
    """What a person heard last of each item."""
    return {int(found[1]): found[2] for said in stage.heard(person) for found in _NEWS.finditer(said)}


@pytest.fixture
def seed() -> int:
    """`make endurance` lives more of them."""
    return 0


async def test_what_is_told_is_how_it_stands(
    camille: Person, alex: Person, stage: BareStage, clock: StillClock, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    for number in range(ITEMS):
        await camille.says(f"/suggest Idea {number}")
    undoable: list[str] = []
    for _ in range(STEPS):
        clock.forward(seconds=chance.choice((1, 1, 5, 20, 70)))
        await Gathering(stage.core).look()
        await stage.deliver()
        if undoable and chance.random() < 0.4:
            await _take_back(stage, camille, alex, undoable.pop())
        elif await _decide(alex, chance):
            undoable.append(stage.token(alex, "Undo"))
    clock.forward(minutes=2)
    await Gathering(stage.core).look()
    await stage.deliver()
    told, stands = _told(stage, camille), await _stands(stage)
    assert {number: told.get(number, "received") for number in stands} == stands


async def _decide(alex: Person, chance: random.Random) -> bool:
    """Decide on one or several; return whether that can be taken back."""
    numbers = chance.sample(range(1, ITEMS + 1), chance.choice((1, 2, 3)))
    await alex.says(f"/queue {' '.join(map(str, numbers))} {chance.choice(VERDICTS)}")
    sure = re.search(r"\[([^\]]*: \d items?)\]", alex.hears())
    if sure:
        await alex.presses(sure[1])
    return "[Undo]" in alex.hears()


async def _take_back(stage: BareStage, camille: Person, alex: Person, token: str) -> None:
    """Take a decision back: what is taken back stands as its author heard last."""
    await stage.do(alex, button=token)
    now, told = await _stands(stage), _told(stage, camille)
    for number in re.findall(r"#(\d+) is [a-z ]+ again", alex.hears()):
        assert now[int(number)] == told.get(int(number), "received")
