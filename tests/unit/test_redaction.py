"""What was posted and archived keeps no word of a person who was erased."""

import json
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.ports.codec import ReplyCodec
from bot.ports.inbound import Role
from bot.ports.reply import Bullets, Paragraph, Quote, Reply, Strong, Title
from bot.privacy.redaction import redact
from storage.models import Digest, Outbox
from storage.vocabulary import Delivery
from tests.stage import BareStage, Person
from tests.words import WISHES

DIGEST = Reply(
    (
        Title("Your week"),
        Paragraph((Strong("#12"), " is the bot's own line")),
        Bullets(((Strong("#12"), " Dark mode: 3 supporters"), (Strong("#123"), " Lifts"), "no number")),
        Quote("At night it hurts.", "#12"),
        Quote("The lift again.", "#123"),
    ),
    private=False,
)
WORDS = "the swing behind the school squeaks"


def test_quotes_and_lines_about_an_erased_item_go_and_all_else_stays() -> None:
    assert redact(DIGEST, {"#12"}) == Reply(
        (
            Title("Your week"),
            Paragraph((Strong("#12"), " is the bot's own line")),
            Bullets(((Strong("#123"), " Lifts"), "no number")),
            Quote("The lift again.", "#123"),
        ),
        private=False,
    )


def test_with_nothing_erased_nothing_changes() -> None:
    assert redact(DIGEST, set()) == DIGEST
    assert redact(DIGEST, {"#1", "#99"}) == DIGEST


async def archived(stage: BareStage) -> str:
    """Every archived digest, as text."""
    rows = await stage.core.store.read(lambda session: session.exec(select(Digest)).all())
    assert rows
    return json.dumps([row.payload for row in rows], ensure_ascii=False)


async def owed(stage: BareStage) -> str:
    """Everything that still waits to be delivered, as text."""
    rows = await stage.core.store.read(lambda session: session.exec(select(Outbox)).all())
    return json.dumps([row.payload for row in rows], ensure_ascii=False)


async def post(stage: BareStage) -> None:
    await Person(stage, "omar", Role.MODERATOR).says("/digest now")


async def erase(person: Person) -> None:
    await person.says("/forgetme")
    await person.presses("Erase everything about me")


@pytest.fixture
def ines(stage: BareStage) -> Person:
    return Person(stage, "ines")


async def test_an_erased_persons_words_leave_what_was_posted_and_what_others_said_stays(
    stage: BareStage, ines: Person
) -> None:
    said = [
        f"/suggest {WORDS}",
        f"/problem {WORDS}",
        f"/ask why does {WORDS}",
        f"/ask does bob@example.org know: {WORDS}?",
    ]
    await Person(stage, "lea").says("/suggest a bench in the shade")
    for words in said:
        await ines.says(words)
    await post(stage)
    assert [where for where in (archived, owed) if (await where(stage)).count(WORDS) < len(said)] == []
    await erase(ines)
    assert [where for where in (archived, owed) if WORDS in await where(stage)] == []
    assert "a bench in the shade" in await archived(stage)


async def test_words_posted_before_an_edit_leave_too(stage: BareStage, ines: Person) -> None:
    await ines.says(f"/suggest {WORDS}")
    await post(stage)
    await stage.do(ines, command="edit", args={"number": "1", "text": "something else"})
    await erase(ines)
    assert WORDS not in await archived(stage)


async def test_words_of_a_nameless_item_leave_too(stage: BareStage, ines: Person) -> None:
    for number, words in enumerate(WISHES[:4]):
        await Person(stage, f"person {number}").says(f"/suggest {words}")
    await stage.do(ines, command="suggest", args={"text": WORDS, "audience": "everyone", "name": "nameless"})
    await ines.presses("Send")
    await post(stage)
    assert WORDS in await archived(stage)
    await ines.says("/forgetme")
    await ines.presses("Everything at once")
    assert WORDS not in await archived(stage)


async def test_words_taken_back_leave_the_archive(stage: BareStage, ines: Person) -> None:
    await ines.says(f"/suggest {WORDS}")
    await post(stage)
    assert WORDS in await archived(stage)
    await ines.says("/withdraw 1")
    assert WORDS not in await archived(stage)


@pytest.mark.parametrize("state", [Delivery.FAILED, Delivery.UNKNOWN, Delivery.WAITING])
async def test_words_taken_back_leave_the_news_that_could_not_be_sent(
    stage: BareStage, ines: Person, state: Delivery
) -> None:
    await ines.says(f"/suggest {WORDS}")
    await Person(stage, "lea").says("/support 1")
    await Person(stage, "omar", Role.MODERATOR).says("/queue 1 not_planned Nobody oils it.")

    def fail(session: Session) -> None:
        for row in session.exec(select(Outbox)):
            row.state = state

    await stage.core.store.write(fail)
    assert WORDS in await owed(stage)
    await ines.says("/withdraw 1")
    left = await owed(stage)
    assert "is now" in left
    assert WORDS not in left
    assert "oils" not in left


async def test_only_the_digests_that_quote_an_item_are_read(
    stage: BareStage, ines: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Person(stage, "lea").says("/suggest a bench in the shade")
    await post(stage)
    await ines.says(f"/suggest {WORDS}")
    await post(stage)
    read: list[object] = []
    load = ReplyCodec.load

    def noted(codec: ReplyCodec, payload: dict[str, Any]) -> Reply:
        read.append(payload)
        return load(codec, payload)

    monkeypatch.setattr(ReplyCodec, "load", noted)
    await ines.says("/withdraw 2")
    assert len(read) == 2, "the digest that quotes it, and its delivery"
    assert WORDS not in await archived(stage)


async def test_a_short_question_takes_no_longer_one_with_it(stage: BareStage, ines: Person) -> None:
    await Person(stage, "lea").says("/ask why is it cold?")
    await ines.says("/ask why")
    await post(stage)
    await erase(ines)
    assert "why is it cold?" in await archived(stage)
