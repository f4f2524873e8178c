"""What is taken back while a digest is being written is not in it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.features.digest.posting.timetable import Timetable
from tests.clock import StillClock
from tests.stage import BareStage, Person

Meanwhile = Callable[[Callable[[], Awaitable[None]]], None]


@pytest.fixture
def meanwhile(stage: BareStage, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let something happen once, between a digest's reading and its writing."""

    def meanwhile(happens: Callable[[], Awaitable[None]]) -> None:
        write = stage.core.store.write

        async def later(job: Any) -> Any:
            monkeypatch.setattr(stage.core.store, "write", write)
            await happens()
            return await write(job)

        monkeypatch.setattr(stage.core.store, "write", later)

    return meanwhile


@pytest.fixture
async def monday(stage: BareStage, camille: Person, noor: Person, clock: StillClock) -> None:
    """A week in which two people said something, up to the digest."""
    await camille.says("/suggest Sunday opening")
    await noor.says("/suggest A lamp at the door")
    await Person(stage, "ines").says("/ask who feeds the cat?")
    clock.forward(days=4, hours=22)


async def digest(stage: BareStage) -> str:
    assert await Timetable(stage.core).catch_up() == 1
    await stage.deliver()
    return stage.staff()[-1]


async def test_what_is_withdrawn_taken_from_view_or_reworded_meanwhile_is_in_no_digest(
    stage: BareStage, monday: None, camille: Person, alex: Person, clock: StillClock, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda: camille.says("/withdraw 1"))
    text = await digest(stage)
    assert "Sunday" not in text
    assert "#2 A lamp at the door" in text
    assert "2 messages, 2 people" in text
    await camille.says("/suggest Bob at the till")
    clock.forward(days=7)
    meanwhile(lambda: alex.says("/remove 3 It names a person."))
    text = await digest(stage)
    assert "Bob" not in text
    assert "#2 A lamp at the door" in text
    await camille.says("/suggest Evening opening")
    clock.forward(days=7)
    meanwhile(lambda: camille.says("/edit 4 Saturday opening"))
    text = await digest(stage)
    assert "Evening" not in text
    assert "> Saturday opening #4" in text
    # One asked for now is written anew just the same.
    meanwhile(lambda: camille.says("/withdraw 4"))
    await alex.says("/digest now")
    await stage.deliver()
    assert "Saturday" not in stage.staff()[-1]
    assert "A lamp" in stage.staff()[-1]


async def test_what_is_erased_meanwhile_is_in_no_digest_be_it_feedback_or_a_question(
    stage: BareStage, monday: None, noor: Person, clock: StillClock, meanwhile: Meanwhile
) -> None:
    async def forgotten() -> None:
        await leaving.says("/forgetme")
        await leaving.presses("Erase everything about me")

    leaving = noor
    meanwhile(forgotten)
    text = await digest(stage)
    assert "lamp" not in text
    for stays in ("#1 Sunday opening", "Unanswered: 1 question"):
        assert stays in text
    leaving = Person(stage, "omar")
    await leaving.says("/ask who waters the plants?")
    clock.forward(days=7)
    meanwhile(forgotten)
    text = await digest(stage)
    assert "plants" not in text
    assert "#1 Sunday opening" in text


async def test_a_name_taken_off_meanwhile_leaves_no_quote_to_guess_by(
    stage: BareStage, monday: None, camille: Person, meanwhile: Meanwhile
) -> None:
    async def nameless() -> None:
        await stage.do(camille, command="visibility", args={"number": "1", "audience": "everyone", "name": "nameless"})
        await camille.presses("Take my name off")

    meanwhile(nameless)
    text = await digest(stage)
    assert "Sunday" not in text
    assert "#1 suggestion, without a name" in text
