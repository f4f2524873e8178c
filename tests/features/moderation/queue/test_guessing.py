"""The area of what was filed without one is guessed from what the team placed, and only where that is sure."""

from collections.abc import Sequence

import pytest
from sqlmodel import Session, col, select

from bot.core import Core
from bot.features.moderation.queue.guessing import Guesses
from storage.models import Feedback
from storage.vocabulary import Audience, Kind
from tests.copies import Job
from tests.stage import BareStage, Person

DELIVERY = ("The parcel came late", "Where is my parcel", "The courier lost a parcel", "Parcel left at the wrong door")
SITE = (
    "The page loads slowly",
    "A dark theme for the page",
    "The page shows no price",
    "Buttons on the page are small",
)
TAUGHT = range(100, 140)


async def forty(core: Core) -> None:
    """Forty items whose area was chosen, half of them about delivery."""

    def job(session: Session) -> None:
        now = core.clock.now()
        for number in TAUGHT:
            about = (DELIVERY, SITE)[number % 2]
            session.add(
                Feedback(
                    community_id=1,
                    number=number,
                    kind=Kind.PROBLEM,
                    area=("Delivery", "Site")[number % 2],
                    audience=Audience.TEAM,
                    language="en",
                    text=f"{about[number // 2 % 4]}, {number}",
                    created_at=now,
                    changed_at=now,
                )
            )

    await core.store.write(job)


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    """They are filed once for all tests about them."""
    return [forty] if "taught" in request.fixturenames else []


@pytest.fixture
def taught() -> None:
    """The forty are there."""


async def areas(stage: BareStage) -> dict[int, tuple[str | None, bool]]:
    def look(session: Session) -> dict[int, tuple[str | None, bool]]:
        found = session.exec(select(Feedback)).all()
        return {item.number: (item.area, item.area_guessed) for item in found if item.number not in TAUGHT}

    return await stage.core.store.read(look)


@pytest.mark.usefixtures("taught")
async def test_what_is_near_to_one_area_alone_is_guessed(stage: BareStage, camille: Person, alex: Person) -> None:
    await camille.says("/problem My parcel came too late")
    await camille.says("/problem 1234 !!! ???")
    await camille.says("/problem The page is slow")
    await camille.says("/area 3 Help desk")
    # A nameless one is guessed in a transaction of its own.
    await camille.says("/problem")
    await camille.fills(text="My parcel came much too late", name="nameless")
    await camille.presses("Send")
    await Guesses(stage.core).look()
    guessed = ("Delivery", True)
    assert await areas(stage) == {1: guessed, 2: (None, False), 3: ("Help desk", False), 1000: guessed}
    await alex.says("/queue 1")
    alex.hears("Area: Delivery (a guess)")


async def test_nothing_is_guessed_from_few_examples(stage: BareStage, camille: Person) -> None:
    await camille.says("/problem My parcel came late")
    await camille.says("/area 1 Delivery")
    await camille.says("/problem My parcel came late again")
    await Guesses(stage.core).look()
    assert await areas(stage) == {1: ("Delivery", False), 2: (None, False)}


@pytest.mark.usefixtures("taught")
async def test_nothing_is_learnt_from_a_guess(stage: BareStage, camille: Person) -> None:
    await camille.says("/problem My parcel came too late")

    def job(session: Session) -> None:
        for item in session.exec(select(Feedback).where(col(Feedback.number).in_(TAUGHT))):
            item.area_guessed = True
            session.add(item)

    await stage.core.store.write(job)
    await Guesses(stage.core).look()
    assert await areas(stage) == {1: (None, False)}


@pytest.mark.usefixtures("taught")
async def test_what_a_guess_was_corrected_to_is_learnt(stage: BareStage, camille: Person, alex: Person) -> None:
    guesses = Guesses(stage.core)
    for number in range(1, 9):
        await camille.says(f"/problem The lamp of my screen flickers, {number}")
        await alex.says(f"/queue {number}")
        await alex.presses("Area")
        await alex.says("Help desk")
    await camille.says("/problem The lamp of a screen flickers again")
    await guesses.look()
    assert (await areas(stage))[9] == ("Help desk", True)
