"""500 items, 5,000 random acts, a board that fails and deletes, and ten ends of the process amid its work.

Once all is done, every card shows its item as it is stored, none stands twice, and no call ever held the name of a
nameless author.
"""

import asyncio
import random
from dataclasses import dataclass, field

from sqlmodel import Session, select

from bot.features.cards.face import make_face
from bot.features.cards.keeping import Keeper
from bot.ports.adapter import Offline, TryLater, Uncertain, Unreachable, Vanished
from bot.ports.card import Face
from bot.ports.inbound import Role
from bot.ports.plain import plain
from storage.models import Card, Feedback
from storage.people import communities
from tests.clock import StillClock
from tests.endurance.cards.acts import SHY, act, file, open_ideas, touch
from tests.stage import PLATFORM, BareStage, Person

ITEMS, ACTS, ENDS = 500, 5_000, 10


@dataclass
class RoughBoard:
    """A board that knows a post by its key, as Discord does, and that refuses, loses answers and cards."""

    chance: random.Random
    rough: bool = True
    stands: dict[str, Face] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    async def post(self, place: str, key: str, face: Face) -> str:
        await self._travel(face)
        message = self.keys.setdefault(key, str(len(self.keys) + 1))
        self.stands[message] = face
        await self._return()
        return message

    async def edit(self, place: str, message: str, face: Face) -> None:
        await self._travel(face)
        if message not in self.stands:
            raise Vanished("deleted")
        self.stands[message] = face
        await self._return()

    async def remove(self, place: str, message: str) -> None:
        await self._travel()
        self.stands.pop(message, None)

    async def retract(self, place: str, key: str, number: int) -> bool:
        await self._travel()
        return self.stands.pop(self.keys.get(key, ""), None) is not None

    async def _travel(self, face: Face | None = None) -> None:
        if face:
            self.seen.append(f"{plain(face.reply)} {face.title}")
        await asyncio.sleep(0)
        if self.rough and self.chance.random() < 0.1:
            errors = (Offline("no network"), TryLater("429", 3.0), TryLater("500"), Unreachable("forbidden"))
            raise self.chance.choice(errors)

    async def _return(self) -> None:
        await asyncio.sleep(0)
        if self.rough and self.chance.random() < 0.02:
            raise Uncertain("the answer was lost")

    def lose_some(self) -> None:
        """Let somebody delete a card by hand."""
        if self.stands and self.chance.random() < 0.3:
            del self.stands[self.chance.choice(list(self.stands))]


async def test_every_card_shows_its_item_and_none_stands_twice(stage: BareStage, clock: StillClock) -> None:
    chance = random.Random(20261129)  # noqa: S311 - the same acts in each run
    board = RoughBoard(chance)
    await open_ideas(stage.core, "plaza", {PLATFORM: "ideas"})
    people = [Person(stage, f"person-{number}") for number in range(40)]
    mod, shy = Person(stage, "alex", Role.MODERATOR), Person(stage, SHY)
    for number in range(ITEMS):
        await file(chance.choice(people), shy, number)
        clock.forward(seconds=20)
    keeper = Keeper(stage.core, {PLATFORM: board})
    for step in range(ACTS):
        await act(stage, chance, people, mod)
        clock.forward(seconds=chance.choice((0, 1, 3)))
        if step % 10 == 0:
            await _look(keeper)
            board.lose_some()
        if step % (ACTS // ENDS) == ACTS // ENDS - 1:
            keeper = await _end(keeper, stage, board)
    await _drain(keeper, board, stage, clock)
    await _check(stage, board)
    assert not [text for text in board.seen if SHY in text]


async def _look(keeper: Keeper) -> None:
    await keeper.look()
    for _ in range(20):
        await asyncio.sleep(0.002)


async def _end(keeper: Keeper, stage: BareStage, board: RoughBoard) -> Keeper:
    """End the process amid its work, and start another on the same store."""
    await keeper.look()
    await asyncio.sleep(0.001)
    for task in list(keeper._tasks.values()):
        task.cancel()
    await asyncio.sleep(0.05)
    return Keeper(stage.core, {PLATFORM: board})


async def _drain(keeper: Keeper, board: RoughBoard, stage: BareStage, clock: StillClock) -> None:
    board.rough = False
    # What was deleted by hand is noticed with the next change of its item.
    await stage.core.store.write(touch)
    for _ in range(60):
        clock.forward(minutes=15)
        await keeper.settle()


async def _check(stage: BareStage, board: RoughBoard) -> None:
    def job(session: Session) -> dict[str, str]:
        own = communities.every(session)[0]
        found = {}
        for card in session.exec(select(Card)):
            item = session.get(Feedback, card.feedback_id)
            face = item and make_face(session, stage.core, own, item)
            assert bool(face) == bool(card.message), f"#{item and item.number}"
            if face:
                found[card.message] = plain(face.reply)
        return found

    expected = await stage.core.store.read(job)
    assert {message: plain(face.reply) for message, face in board.stands.items()} == expected
    assert len(expected) > ITEMS / 3
