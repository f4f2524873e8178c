"""Questions that nobody answers are watched, too: many who ask whether the site is down are a crisis."""

from datetime import timedelta

from sqlmodel import Session, select

from storage.answers import questions
from storage.items.signals import alerts
from storage.models import Alert, Question
from tests.features.alerts.conftest import Crisis
from tests.stage import BareStage, Person

DOWN = (
    "Is the site down?",
    "Is your site down again?",
    "Hello, is the site down right now?",
    "Why is the site down?",
    "The site is down, is it?",
    "Since when is the site down?",
    "Is the site still down for all?",
    "How long is the site down?",
)
MANY = DOWN + tuple(text.replace("site", "whole site") for text in DOWN)


async def test_many_who_ask_the_same_are_told_in_one_message_until_they_are_answered(
    crisis: Crisis, stage: BareStage, alex: Person
) -> None:
    for number, text in enumerate(MANY[-3:]):
        await Person(stage, f"asker{number}").says(f"/ask {text}")
    await crisis.ask(MANY[:-3])
    await crisis.look(minutes=3)
    assert crisis.text() == (
        "Unusual: Site (updated 11:03)\n"
        "16 questions, 16 people since 11:00; usually 0.\n"
        "> Is the whole site down?\n"
        "[I'm on it] [Questions] [False alarm]\n"
    )
    crisis.show()
    await alex.presses("Questions")
    alex.hears("Questions without an answer", "Is the whole site down?")

    def erase(session: Session) -> None:
        questions.withdraw(
            session, session.exec(select(Question).where(Question.text == "Is the whole site down?")).one()
        )

    # The words of one go at once with who asked.
    await stage.core.store.write(erase)
    crisis.clock.forward(seconds=5)
    await crisis.poster.look()
    assert "Is the whole site down?" not in crisis.text()
    assert "16 people" in crisis.text()

    def answer(session: Session) -> None:
        questions.close(session, session.exec(select(Question)).all())

    await stage.core.store.write(answer)
    await crisis.look(minutes=3)
    assert "Over at 11:06" in crisis.text()
    assert "Back to normal: 16 questions in all." in crisis.text()
    assert "site down" not in crisis.text()


async def test_who_asks_and_reports_is_one_person(crisis: Crisis) -> None:
    await crisis.ask(MANY[:10], who="Camille")
    await crisis.write([f"The site is down, {text}" for text in MANY[:8]], who="Camille")
    await crisis.look(minutes=3)
    assert "18 messages, 10 people since 11:00" in crisis.text()
    assert "[Known issue: tell people] [Questions]" in crisis.text()


async def test_questions_of_two_people_and_many_about_one_thing_and_another_are_none(crisis: Crisis) -> None:
    for text in MANY:
        await crisis.ask([text, text], who="Loud")
    await crisis.look(minutes=3)
    assert crisis.texts() == []
    words = ["door", "lamp", "chair", "roof", "bike", "soup", "bell", "tap", "oven", "rug", "gate", "bin", "sink"]
    words += ["fence", "kettle", "ladder"]
    await crisis.ask([f"{word}?" for word in words])
    await crisis.look(minutes=3)
    assert crisis.texts() == []


async def test_what_was_asked_and_answered_before_is_usual(crisis: Crisis, stage: BareStage) -> None:
    for day in range(1, 29):
        await crisis.ask(MANY[:12], ago=timedelta(days=day, hours=1))
    await stage.core.store.write(lambda session: questions.close(session, session.exec(select(Question)).all()))
    await crisis.ask(MANY[:12])
    await crisis.look(minutes=3)
    assert crisis.texts() == []


async def test_questions_without_a_name_count_and_are_neither_quoted_nor_stored_with_it(crisis: Crisis) -> None:
    await crisis.ask(MANY[:3])
    await crisis.ask(MANY[3:], nameless=True)
    await crisis.look(minutes=3)
    assert "16 questions, 16 people" in crisis.text()
    assert len(await crisis.stage.core.store.read(_stored)) == 3
    assert any(f"> {text}" in crisis.text() for text in MANY[:3])


async def test_without_any_name_they_are_told_once_as_questions(crisis: Crisis) -> None:
    await crisis.ask(MANY, nameless=True)
    await crisis.look(minutes=3)
    await crisis.look(minutes=3)
    assert "Unusual: questions without an answer" in crisis.text()
    assert "16 questions, 16 people" in crisis.text()
    assert "> " not in crisis.text()


def _stored(session: Session) -> list[int]:
    (alert,) = session.exec(select(Alert))
    return alerts.items_of(session, alert.id)
