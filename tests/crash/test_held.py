"""Two bots on one PostgreSQL that change the same thing at once: what one has begun, the other waits for."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.core import Core
from bot.delivery.courier import STALE, Courier
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.adapter import Address
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.ports.reply import Reply, say
from bot.settings.config import Settings
from storage.answers import questions
from storage.items import feedback
from storage.models import Feedback, Outbox
from storage.reports import digests
from storage.traffic import outbox
from storage.traffic.outbox import LEASE
from tests.clock import StillClock
from tests.crash.publisher import settings as of_plaza
from tests.postgres import Server
from tests.stage import BareStage, Person
from tests.storage import rows
from tests.storage.rows import NOON
from tests.unit.postman import owe


@pytest.fixture
def settings(postgres: Server) -> Settings:
    location = postgres.create("held")
    return of_plaza(location.url, location.key_file)


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOON)


@pytest.fixture
async def stages(settings: Settings, clock: StillClock, postgres: Server) -> AsyncIterator[tuple[BareStage, BareStage]]:
    """Two bots on one database; the events of each are its own."""
    pair = [BareStage(await open_core(settings, clock)) for _ in range(2)]
    for _ in range(100):
        next(pair[1]._events)
    yield pair[0], pair[1]
    for stage in pair:
        stage.core.store.close()
    postgres.drop("held")


@dataclass
class Slow:
    """A platform that takes its time over everything, and notes what it began to send."""

    name: str = "bare"
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    begun: list[str] = field(default_factory=list)

    async def run(self) -> None: ...

    async def send(self, address: Address, reply: Reply) -> None:
        self.begun.append(plain(reply).strip())
        await self.gate.wait()

    async def begins(self, words: str) -> None:
        """Wait until it is sending that."""
        async with asyncio.timeout(10):
            while words not in self.begun:
                await asyncio.sleep(0.01)


@dataclass
class Gate:
    """Stops a transaction after a step of it, until it is let go."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def after(self, step: Callable[..., Any]) -> Callable[..., Any]:
        """The step, with a stop behind it the first time."""

        def stopping(*args: Any, **named: Any) -> Any:
            done = step(*args, **named)
            if not self.reached.is_set():
                self.reached.set()
                assert self.opened.wait(10)
            return done

        return stopping


async def owe_ines(core: Core, words: str) -> None:
    """Owe Inès a message."""

    def job(session: Session) -> None:
        who, payload = rows.person(session, "ines"), core.codec.dump(say(words))
        outbox.owe(session, words, payload, core.clock.now(), recipient_id=who.id)

    await core.store.write(job)


Waits = Callable[[Gate, Awaitable[Any], Callable[[], Awaitable[Any]]], Awaitable[bool]]


@pytest.fixture
def waits(postgres: Server) -> Waits:
    """Whether the second waits until the first, stopped half-way, is done; both are done afterwards."""

    async def waits(gate: Gate, first: Awaitable[Any], second: Callable[[], Awaitable[Any]]) -> bool:
        begun = asyncio.ensure_future(first)
        assert await asyncio.to_thread(gate.reached.wait, 10)
        later = asyncio.ensure_future(second())
        waiting = await postgres.holds_up("held", later)
        gate.opened.set()
        await asyncio.gather(begun, later)
        return waiting

    return waits


async def test_an_erasure_waits_for_a_digest_that_is_being_posted_and_a_digest_for_an_erasure(
    stages: tuple[BareStage, BareStage], waits: Waits, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = stages
    ines, gate = Person(other, "ines"), Gate()
    await ines.says("/suggest a bench in the shade")
    await ines.says("/ask who feeds the cat?")
    await ines.says("/forgetme")
    clock.forward(days=5)
    monkeypatch.setattr(digests, "hold", gate.after(digests.hold))
    assert await waits(gate, Timetable(one.core).catch_up(), lambda: ines.presses("Erase everything about me"))
    (posted,) = await one.core.store.read(lambda session: digests.archive(session, 1))
    assert "Your week" in str(posted.payload)
    for words in ("bench", "cat"):
        assert words not in str(posted.payload), "the erasure finds its quotes"
    await other.deliver()
    assert "bench" not in other.staff()[0]
    # The other way round, a week later: the digest quotes nothing of what is erased.
    lea, gate = Person(other, "lea"), Gate()
    await lea.says("/suggest a bench in the shade")
    await lea.says("/forgetme")
    clock.forward(days=7)
    monkeypatch.setattr(digests, "hold", gate.after(digests.hold))
    assert await waits(gate, lea.presses("Erase everything about me"), Timetable(one.core).catch_up)
    later, _ = await one.core.store.read(lambda session: digests.archive(session, 1))
    assert "bench" not in str(later.payload)


async def test_of_two_moderators_who_decide_at_once_the_second_is_told_that_it_is_decided(
    stages: tuple[BareStage, BareStage], waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = stages
    ines = Person(one, "ines")
    await ines.says("/suggest a bench in the shade")
    alex, omar, gate = Person(one, "alex", Role.MODERATOR), Person(other, "omar", Role.MODERATOR), Gate()
    monkeypatch.setattr(feedback, "change_status", gate.after(feedback.change_status))
    assert await waits(gate, alex.says("/queue 1 planned"), lambda: omar.says("/queue 1 planned"))
    alex.hears("#1 is now planned.")
    omar.hears("#1 is already planned.")
    (item,) = await one.core.store.read(lambda session: session.exec(select(Feedback)).all())
    history = await one.core.store.read(lambda session: feedback.history(session, item.id))
    assert [entry.after for entry in history] == ["received", "planned"]
    before = len(await owed(one))
    # A decision waits for a name that is taken off, and tells the author by the sealed way.
    await ines.says("/suggest more lamps by the river")
    await ines.says("/visibility 2 nameless")
    gate = Gate()
    monkeypatch.setattr(feedback, "change_visibility", gate.after(feedback.change_visibility))
    assert await waits(gate, ines.presses("Take my name off"), lambda: omar.says("/queue 2 planned"))
    assert [row.recipient_id for row in (await owed(one))[before:]] == [None]


async def owed(stage: BareStage) -> Sequence[Outbox]:
    """What is owed, the oldest first."""
    return await stage.core.store.read(lambda session: session.exec(select(Outbox).order_by(col(Outbox.id))).all())


async def test_of_two_moderators_who_answer_at_once_the_second_is_told_and_new_words_wait_for_their_own_answer(
    stages: tuple[BareStage, BareStage], waits: Waits, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = stages
    ines, alex = Person(other, "ines"), Person(one, "alex", Role.MODERATOR)
    omar, gate = Person(other, "omar", Role.MODERATOR), Gate()
    await Person(one, "ines").says("Where is the moon base?")
    clock.forward(minutes=1)
    for moderator in (alex, omar):
        await moderator.says("/unanswered")
        await moderator.presses("Answer: Where is the moon base?")
    monkeypatch.setattr(questions, "close", gate.after(questions.close))
    assert await waits(gate, alex.says("Behind the harbour."), lambda: omar.says("On the roof."))
    alex.hears("1 person will be told.")
    omar.hears("This question does not wait any more")
    assert len(await owed(one)) == 1
    # An edit waits for an answer to the old words.
    await other.do(ines, text="Why is the fountain dry?", message="message-1")
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses("Answer: Why is the fountain dry?")
    gate = Gate()
    monkeypatch.setattr(questions, "close", gate.after(questions.close))
    editing = {"text": "Who feeds the dragon?", "message": "message-1", "edited": True}
    assert await waits(gate, alex.says("It leaks."), lambda: other.do(ines, **editing))
    await alex.says("/unanswered")
    alex.hears("Who feeds the dragon? · 1 person")


async def test_what_is_being_sent_by_another_is_not_sent_twice_and_what_is_still_ones_own_gets_a_new_lease(
    stages: tuple[BareStage, BareStage], clock: StillClock
) -> None:
    slow, other, couriers = _couriers(stages)
    for words in ("one", "two"):
        await owe(stages[0].core, "agora", words)
    first = asyncio.create_task(couriers[0].drain())
    await slow.begins("one")
    # It waits longer than its lease.
    clock.forward(seconds=(LEASE + STALE).total_seconds())
    second = asyncio.create_task(couriers[1].drain())
    await other.begins("two")
    slow.gate.set()
    await asyncio.wait_for(first, 10)
    other.gate.set()
    await asyncio.wait_for(second, 10)
    assert (slow.begun, other.begun) == (["one"], ["two"])
    # What waits behind others and is still its own gets a new one.
    slow, other, couriers = _couriers(stages)
    await owe(stages[0].core, "ines-account", "three")
    await owe_ines(stages[0].core, "four")
    first = asyncio.create_task(couriers[0].drain())
    await slow.begins("three")
    clock.forward(seconds=LEASE.total_seconds() - 1)
    slow.gate.set()
    slow.gate = asyncio.Event()
    await slow.begins("four")
    clock.forward(seconds=10)
    other.gate.set()
    assert await couriers[1].drain() == 0
    slow.gate.set()
    await asyncio.wait_for(first, 10)
    assert (slow.begun, other.begun) == (["three", "four"], [])


def _couriers(stages: tuple[BareStage, BareStage]) -> tuple[Slow, Slow, list[Courier]]:
    """Two platforms that take their time, and the courier of each."""
    pair = Slow(), Slow()
    return *pair, [Courier(stage.core, {"bare": mail}) for stage, mail in zip(stages, pair, strict=True)]
