"""What members and moderators do with items that have cards, by chance."""

import random

from sqlmodel import Session, select

from bot.core import Core
from storage.items.public import boards
from storage.models import Card, Feedback
from storage.people import communities
from tests.stage import BareStage, Person
from tests.words import strange

SHY = "shyest-of-all"
"""The name of who files without a name."""


async def open_ideas(core: Core, place: str, ideas: dict[str, str]) -> None:
    """Set up a place for members of a stage, and let the ideas live in one place of each platform."""

    def job(session: Session) -> None:
        own = communities.every(session)[0]
        for platform, external_id in ideas.items():
            communities.join_place(session, own.id, platform, place, staff=False)
            boards.show_ideas(session, own.id, platform, external_id, core.clock.now())

    await core.store.write(job)


async def file(person: Person, shy: Person, number: int) -> None:
    """File an idea, every tenth without a name."""
    if number % 10 == 0:
        await shy.says(f"/suggest anonymous: {strange(number)}")
        await shy.presses("Send")
    else:
        await person.says(f"/suggest {strange(number)}")


async def act(stage: BareStage, chance: random.Random, people: list[Person], mod: Person) -> None:
    """Let somebody support, edit, withdraw or decide some item."""
    numbers = await stage.core.store.read(lambda session: list(session.exec(select(Feedback.number))))
    number, person = chance.choice(numbers), chance.choice(people)
    typed = chance.choices(
        (f"/support {number}", f"/edit {number} {strange(str(chance.random()))}", f"/withdraw {number}"), (20, 3, 1)
    )[0]
    decided = chance.choice((f"/queue {number} planned", f"/queue {number} done", f"/remove {number} Too rude."))
    await (mod.says(decided) if chance.random() < 0.1 else person.says(typed))


def touch(session: Session) -> None:
    """Let every card be looked after: one that was deleted by hand is missed with the next change of its item."""
    for card in session.exec(select(Card)):
        card.revision, card.shown = card.revision + 1, ""
        session.add(card)
