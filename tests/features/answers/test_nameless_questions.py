"""A question without a name: nobody sees who asked, the answer comes back, and it counts one person once."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot.ports.inbound import Actor, Chat, Inbound
from storage.models import Outbox, Phrasing, Question
from tests.clock import StillClock
from tests.stage import BareStage, Person, let_in
from tests.storage.rows import NOON

pytestmark = pytest.mark.usefixtures("taught")
Tied = Callable[[str], Awaitable[list[str]]]
MOON = "Where is the moon base?"
ANSWER = "Behind the harbour, second door."
Dump = Callable[[], Awaitable[dict[str, list[dict[str, Any]]]]]


async def asks(person: Person, question: str = MOON) -> None:
    await person.says("/ask")
    await person.fills(question=question, name="nameless")


async def answers(alex: Person, clock: StillClock) -> None:
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses(f"Answer: {MOON}")
    await alex.says(ANSWER)


async def asked(stage: BareStage) -> list[Question]:
    return await stage.core.store.read(lambda session: list(session.exec(select(Question)).all()))


async def test_the_form_is_with_a_name_unless_something_else_is_chosen_and_then_nobody_is_stored_as_its_asker(
    stage: BareStage, noor: Person
) -> None:
    await noor.says("/ask")
    await noor.fills(question=MOON)
    [question] = await asked(stage)
    assert (question.asker_id is None, question.holder, question.sealed) == (False, None, None)
    await asks(noor)
    heard = noor.hears("I've passed it on without your name; the answer will come here.")
    assert "waiting too" not in heard, "one's own other question is nobody else's"
    [question] = [one for one in await asked(stage) if one.asker_id is None]
    assert question.holder
    assert b"noor" not in (question.sealed or b"")


async def test_nothing_is_tied_to_the_person_nor_logged_and_no_screen_of_a_moderator_shows_who(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock, tied: Tied, dump: Dump
) -> None:
    await noor.says("/language en")
    before = await tied("noor")
    with capture_logs() as logs:
        await asks(noor)
        clock.forward(minutes=1)
        for typed in ("/unanswered", "/queue", "/digest now", "/digest preview"):
            await alex.says(typed)
        await answers(alex, clock)
        await stage.deliver()
    alex.never_heard("noor")
    assert "noor" not in str(stage.staff())
    assert "moon base" in str(stage.staff())
    assert await tied("noor") == before
    rows = await dump()
    assert "noor" in str(rows.pop("identity"))
    assert "noor" not in str(rows)
    assert "noor" not in str(logs)
    assert "moon" not in str(logs)


async def test_the_answer_comes_back_once_to_each_person(
    stage: BareStage, noor: Person, camille: Person, alex: Person, clock: StillClock
) -> None:
    await asks(noor)
    await asks(noor, "Where is the MOON base")
    await camille.says(f"/ask {MOON}")
    camille.hears("1 other is waiting too.")
    await answers(alex, clock)
    alex.hears("2 people will be told.")
    await stage.deliver()
    noor.hears("The team has answered this question of yours:", ANSWER)
    assert sum(ANSWER in text for text in stage.heard(noor)) == 1
    camille.hears(ANSWER)
    waiting = select(Outbox).where(col(Outbox.sealed).is_not(None))
    assert not await stage.core.store.read(lambda session: session.exec(waiting).all())


async def test_the_answer_survives_a_restart_and_kept_has_no_asker(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock
) -> None:
    await asks(noor)
    await stage.restart()
    await answers(alex, clock)
    await alex.presses("Keep the answer")
    await alex.presses("As it is")
    found = await stage.core.store.read(lambda session: session.exec(select(Phrasing)).all())
    assert [one.asker_id for one in found if one.text == MOON] == [None]
    await stage.restart()
    await stage.deliver()
    noor.hears(ANSWER)


async def test_new_words_of_an_edited_message_stay_without_a_name(stage: BareStage, noor: Person) -> None:
    await let_in(stage.core, "bare", "noor", "noor")
    actor, chat = Actor("bare", "noor", "noor"), Chat("bare", "noor", private=True)
    what: Any = {"actor": actor, "chat": chat, "at": NOON, "message": "m1"}
    await stage.receive(noor, Inbound(id="e1", command="ask", args={"question": MOON, "name": "nameless"}, **what))
    await stage.receive(noor, Inbound(id="e2", text="Who feeds the dragon?", edited=True, **what))
    [question] = await asked(stage)
    assert (question.text, question.asker_id) == ("Who feeds the dragon?", None)


async def test_somebody_else_cannot_change_it(stage: BareStage, noor: Person, camille: Person) -> None:
    chat = Chat("bare", "plaza")
    ask: Any = {"command": "ask", "args": {"question": MOON, "name": "nameless"}, "message": "m1"}
    for person, what in ((noor, ask), (camille, {"text": "Who feeds the dragon?", "edited": True, "message": "m1"})):
        actor = Actor("bare", person.id, person.id)
        await stage.receive(person, Inbound(id=secrets.token_hex(4), actor=actor, chat=chat, at=NOON, **what))
    assert [question.text for question in await asked(stage)] == [MOON]


async def test_typed_where_others_read_along_it_has_a_name_and_the_bot_says_so(stage: BareStage, noor: Person) -> None:
    actor, chat = Actor("bare", "noor", "noor"), Chat("bare", "plaza", overlooked=True)
    args = {"question": MOON, "name": "nameless"}
    await stage.receive(noor, Inbound(id="e1", actor=actor, chat=chat, at=NOON, command="ask", args=args))
    noor.hears("It was typed where others read along, so it has been seen with your name beside it.", "passed it on")
    [question] = await asked(stage)
    assert question.asker_id is not None
    assert question.holder is None


async def test_erased_at_once_its_words_are_gone_and_nobody_is_told(
    stage: BareStage, noor: Person, alex: Person, clock: StillClock, dump: Dump
) -> None:
    await asks(noor)
    await answers(alex, clock)
    await noor.says("/forgetme")
    noor.hears(f"Without your name you sent:\n• “{MOON}”")
    await noor.presses("Everything at once")
    noor.hears("nothing stored here leads to you any more.")
    await stage.deliver()
    noor.never_heard(ANSWER)
    [row] = (await dump())["question"]
    assert (row["text"], row["plain"], row["sealed"], row["holder"]) == ("", "", None, None)


async def test_what_is_known_is_answered_at_once_and_who_asks_twice_is_one_person(
    noor: Person, alex: Person, clock: StillClock
) -> None:
    await asks(noor, "Can I give frozen food?")
    noor.hears("Yes, until noon.")
    for _ in range(2):
        await asks(noor)
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears(f"{MOON} · 1 person")
