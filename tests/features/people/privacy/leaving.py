"""Somebody who has items without a name and erases everything: what stands, as the hours go by."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlmodel import Session, select

from bot.core import Core
from bot.privacy.departures import Departures
from storage.models import Feedback, Question
from tests.clock import StillClock
from tests.stage import BareStage, Person, bare_stage

Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]
WORDS = "quincunx"
FEW, MANY = 4, 12
ERASE = "Erase everything about me"


async def files(person: Person, text: str) -> None:
    await person.says("/problem")
    await person.fills(text=text, audience="everyone", name="nameless")
    await person.presses("Send")


async def few(core: Core) -> None:
    """Noor has a few items without a name."""
    async with bare_stage(core, events=10_000) as stage:
        await lives(Person(stage, "noor"), FEW)


async def many(core: Core) -> None:
    """Noor has many items without a name."""
    async with bare_stage(core, events=10_000) as stage:
        await lives(Person(stage, "noor"), MANY)


async def lives(person: Person, items: int) -> None:
    """So much without a name, and something with it."""
    await writes_without_a_name(person, items)
    await person.says(f"/suggest A named {WORDS}")


async def writes_without_a_name(person: Person, items: int) -> None:
    """So many items, and a question."""
    for number in range(1, items + 1):
        await files(person, f"{WORDS} {number}")
    await person.says("/ask")
    await person.fills(question=f"Where is the {WORDS}?", name="nameless")


async def standing(stage: BareStage) -> dict[str, set[int]]:
    """What still has words, by table."""

    def job(session: Session) -> dict[str, set[int]]:
        found = {"feedback": select(Feedback.id, Feedback.text), "question": select(Question.id, Question.text)}
        return {table: {one for one, text in session.exec(rows) if text} for table, rows in found.items()}

    return await stage.core.store.read(job)


async def look(stage: BareStage, clock: StillClock, hours: int, every: int = 1) -> None:
    """Look every so many hours."""
    for _ in range(hours // every):
        clock.forward(hours=every)
        await Departures(stage.core).clear()


async def nothing_left(dump: Dump) -> None:
    found = await dump()
    assert not [table for table, rows in found.items() if WORDS in str(rows) or "noor" in str(rows)]
    assert found["sealed_address"] == found["departure"] == found["outbox"] == []
    assert not [row for row in found["feedback"] if row["author_hash"]]
    assert not [row for row in found["question"] if row["holder"] or row["sealed"]]
