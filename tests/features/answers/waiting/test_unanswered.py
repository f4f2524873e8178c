"""What the bot did not know: answered once by a moderator, told to everyone who asked, kept when that is wished."""

import pytest
from sqlalchemy.event import listen
from sqlmodel import Session, select

from bot.knowledge.library import made_id
from bot.language.text.normalise import question_key
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Outbox, Phrasing, Prompt, Question
from storage.people import communities, members
from storage.vocabulary import Decision
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person

pytestmark = pytest.mark.usefixtures("taught")
MOON = "Where is the moon base?"
ANSWER = "Behind the harbour, second door."


@pytest.fixture
def ines(stage: BareStage) -> Person:
    """A French member."""
    return Person(stage, "ines", language="fr")


async def answers(alex: Person, clock: StillClock, text: str = ANSWER) -> None:
    """The first question that waits is answered."""
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses(f"Answer: {MOON}")
    await alex.says(text)


async def test_everyone_who_asked_is_told_once_each_in_their_language_though_the_answer_is_not_kept(
    camille: Person, ines: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MOON)
    await camille.says("Where is the MOON base")
    await ines.says(MOON)
    await answers(alex, clock)
    alex.hears("2 people will be told.", f"> {MOON}", ANSWER, "[Keep the answer]")
    for _ in range(2):
        await camille.stage.deliver()
    camille.hears("The team has answered this question of yours:", "> Where is the MOON base", ANSWER)
    ines.hears("L’équipe a répondu à cette question\u00a0:", f"> {MOON}", ANSWER)
    for person in (camille, ines):
        assert sum(ANSWER in text for text in camille.stage.heard(person)) == 1
    await noor.says(MOON)
    noor.hears("passed it on")
    held = await camille.stage.core.store.read(lambda session: session.exec(select(Phrasing.text)).all())
    assert MOON not in held


async def test_an_answer_is_asked_for_by_whoever_may_until_there_are_words_and_waits_no_more(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await alex.says(f"/answer {ANSWER}")
    alex.hears("No question waits for an answer.")
    assert not await stage.core.store.read(lambda session: session.exec(select(Prompt)).all())
    await camille.says(MOON)
    await noor.says("/answer")
    noor.hears("moderators")
    noor.never_heard(MOON)
    clock.forward(minutes=1)
    for typed in ("/answer", "/repondre", "/sansreponse"):
        await alex.says(typed)
        alex.hears("Questions without an answer", MOON)
    await alex.presses(f"Answer: {MOON}")
    alex.hears(f"What is the answer to “{MOON}”? Everyone who asked reads it.")
    await alex.says("...")
    alex.hears(f"What is the answer to “{MOON}”?")
    await alex.says(ANSWER)
    alex.hears("1 person will be told.", ANSWER)
    await stage.again(alex)
    await stage.deliver()
    assert sum(ANSWER in text for text in stage.heard(camille)) == 1
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    alex.hears("No question waits for an answer.")
    await alex.presses(f"Answer: {MOON}")
    alex.hears("This question does not wait any more: it was answered, or erased.")


async def test_who_asked_something_else_or_was_answered_hears_nothing(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await noor.says("Who feeds the dragon?")
    await camille.says("Can I give frozen food?")
    clock.forward(minutes=1)
    await camille.says(MOON)
    await alex.says("/unanswered")
    await answers(alex, clock)
    await camille.stage.deliver()
    noor.never_heard(ANSWER)
    await alex.says("/unanswered")
    assert MOON not in alex.hears("Who feeds the dragon? · 1 person")


async def test_who_was_erased_or_is_before_it_is_sent_is_not_told(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    for person in (camille, noor):
        await person.says(MOON)
    await noor.says("/forgetme")
    await noor.presses("Erase everything about me")
    await answers(alex, clock)
    alex.hears("1 person will be told.")
    await camille.says("/forgetme")
    await camille.presses("Erase everything about me")
    await camille.stage.deliver()
    for person in (camille, noor):
        person.never_heard(ANSWER)
    assert not await camille.stage.core.store.read(lambda session: session.exec(select(Outbox)).all())


async def test_two_moderators_at_once_tell_everyone_once(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says(MOON)
    clock.forward(minutes=1)
    sam = Person(camille.stage, "sam", alex.role)
    for one in (alex, sam):
        await one.says("/unanswered")
        await one.presses(f"Answer: {MOON}")
    await alex.says(ANSWER)
    await sam.says("Somewhere else.")
    sam.hears("This question does not wait any more")
    await camille.stage.deliver()
    camille.hears(ANSWER)
    camille.never_heard("Somewhere else.")


async def test_an_answer_that_is_kept_is_given_to_whoever_asks_next(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MOON)
    await answers(alex, clock)
    await alex.presses("Keep the answer")
    alex.hears("How should the question read, without anything personal?", "[As it is]")
    await alex.presses("As it is")
    alex.hears("Kept. The bot gives this answer from now on.")
    await noor.says("where's the moon base")
    noor.hears(ANSWER, "[This helped] [This did not help]")
    for pressed in ("Keep the answer", "As it is"):
        await alex.presses(pressed)
        alex.hears("This answer was kept already, or is older than a day.")


async def test_an_answer_that_was_no_help_is_replaced_and_its_other_questions_stay(
    camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    wrong = Entry(made_id(MOON), (MOON, "Moon base, please?"), "In the sky.", "en")
    store = camille.stage.core.store
    await store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, [wrong]))
    await noor.says(MOON)
    await noor.presses("This did not help")
    await answers(alex, clock)
    alex.hears("1 person will be told.")
    await alex.presses("Keep the answer")
    await alex.presses("As it is")
    await camille.stage.deliver()
    noor.hears(ANSWER)
    await camille.says(MOON)
    camille.hears(ANSWER)
    held = await camille.stage.core.store.read(lambda session: session.exec(select(Phrasing.text)).all())
    assert (held.count(MOON), held.count("Moon base, please?")) == (1, 1)


async def test_a_question_that_failed_twice_is_answered_twice(camille: Person, alex: Person, clock: StillClock) -> None:
    await camille.says("Can I give frozen food?")
    for verdict in ("Not on Sundays.", "Not at Easter."):
        await camille.presses("This did not help")
        clock.forward(minutes=1)
        await alex.says("/unanswered")
        await alex.presses("Answer: Can I give frozen food?")
        await alex.says(verdict)
        await alex.says("/unanswered")
        alex.hears("No question waits for an answer.")
        await camille.stage.deliver()
        camille.hears(verdict)


async def test_another_community_s_question_is_not_answered_here(
    stage: BareStage, camille: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MOON)
    clock.forward(minutes=1)
    await alex.says("/unanswered")

    def move(session: Session) -> None:
        other = communities.ensure(session, "other", "Other", "en", "UTC", clock.now())
        asked = session.exec(select(Question)).one()
        communities.join_place(session, asked.community_id, PLATFORM, "plaza", staff=False)
        asked.community_id = other.id

    await stage.core.store.write(move)
    await alex.presses(f"Answer: {MOON}")
    alex.hears("This question does not wait any more: it was answered, or erased.")


async def test_an_answer_that_is_typed_at_once_goes_to_the_question_picked_next(
    stage: BareStage, camille: Person, noor: Person, alex: Person, clock: StillClock
) -> None:
    await camille.says(MOON)
    await noor.says("Who feeds the dragon?")
    clock.forward(minutes=1)
    await alex.says(f"/answer {ANSWER}")
    alex.hears("Which question does this answer? Everyone who asked it reads it.", f"> {ANSWER}", MOON)
    await alex.presses(f"Answer: {MOON}")
    alex.hears("1 person will be told.", f"> {MOON}", ANSWER)
    await stage.deliver()
    camille.hears(ANSWER)
    noor.never_heard(ANSWER)
    await alex.presses("Answer: Who feeds the dragon?")
    alex.hears("This answer is gone: it was sent, or is older than a day.")


async def test_many_are_told_in_few_statements(stage: BareStage, alex: Person, clock: StillClock) -> None:
    def ask(session: Session) -> None:
        (plaza,) = communities.every(session)
        for number in range(40):
            own = members.resolve_id(session, PLATFORM, f"p{number}", "P", clock.now().date(), "fr")
            session.add(
                Question(
                    community_id=plaza.id,
                    asker_id=own,
                    text=MOON,
                    plain=question_key(MOON),
                    language="en",
                    decision=Decision.SILENT,
                    asked_at=clock.now(),
                )
            )

    await stage.core.store.write(ask)
    clock.forward(minutes=1)
    await alex.says("/unanswered")
    await alex.presses(f"Answer: {MOON}")
    run: list[str] = []
    listen(stage.core.store._writing, "before_cursor_execute", lambda *given: run.append(given[2]))
    await alex.says(ANSWER)
    alex.hears("40 people will be told.")
    assert len(run) < 20
    owed = await stage.core.store.read(lambda session: session.exec(select(Outbox)).all())
    assert len({row.recipient_id for row in owed}) == 40
    assert all("L’équipe a répondu" in str(row.payload) for row in owed)
