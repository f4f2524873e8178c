"""A few dialogues, half of them nameless: nothing of a nameless author is in what is sent, logged or exported."""

import io
import json

import pytest
from sqlmodel import Session, col, select
from structlog.testing import capture_logs

from bot.ports.inbound import Role
from bot.transfer.outgoing.export import write_csv, write_json
from storage.models import Feedback, History, Outbox
from storage.people import communities
from storage.vocabulary import Action
from tests.clock import StillClock
from tests.features.moderation.speaking import namelessly
from tests.stage import BareStage, Person
from tests.words import strange

TURNS = 2


def author(number: int) -> str:
    """The account and the name of an author: a marker that occurs nowhere else."""
    return f"zqx{number:02}marker"


def words(number: int, turn: int) -> str:
    """What an author answers: a marker, too."""
    return f"vkw{number:02}answer{turn}"


async def _talk(stage: BareStage, alex: Person, number: int) -> None:
    """File something, every second time without a name, and answer two questions about it and the outcome."""
    person, text = Person(stage, author(number)), strange(number)
    if number % 2:
        await namelessly(stage, person, text)
    else:
        await person.says(f"/suggest {text}")
    item = await stage.core.store.read(
        lambda session: session.exec(select(Feedback).where(Feedback.text == text)).one().number
    )
    for turn in range(TURNS):
        await alex.says(f"/askauthor {item} Which one, {turn}?")
        await stage.deliver()
        await person.presses("Answer")
        await person.fills(text=words(number, turn))
        person.hears("The team reads this")
    await alex.says(f"/queue {item} done")
    await stage.deliver()
    await person.presses("It is not")
    await person.fills(text=words(number, TURNS))
    await alex.says(f"/queue {item}")
    await alex.says(f"/reopen {item}")
    await stage.deliver()


@pytest.fixture
def dialogues() -> int:
    """How many there are; more of them are in `make endurance`."""
    return 4


async def test_nothing_of_a_nameless_author_leaves(stage: BareStage, clock: StillClock, dialogues: int) -> None:
    # Each has a moderator of its own: one alone would be over the limit.
    team = [Person(stage, f"moderator {number}", Role.MODERATOR) for number in range(dialogues)]
    with capture_logs() as logged:
        for number, moderator in enumerate(team):
            clock.forward(minutes=7)
            await _talk(stage, moderator, number)
    sent = await stage.core.store.read(_sent)
    exported = await stage.core.store.read(_exported)
    told = "\n".join([*stage.staff(), *(text for one in team for text in stage.heard(one))])
    assert told.count("The author of #") >= dialogues * (TURNS + 1)
    for number in range(1, dialogues, 2):
        for where in (sent, exported, told, json.dumps(logged, default=str)):
            assert author(number) not in where
    for number in range(dialogues):
        for turn in range(TURNS + 1):
            assert words(number, turn) not in exported + json.dumps(logged, default=str)
            assert words(number, turn) in told
    await _have_no_instant(stage, dialogues // 2)


async def _have_no_instant(stage: BareStage, authors: int) -> None:
    """The answers of nameless authors are stored with their day or hour alone, and with ids that were drawn."""
    own = select(Feedback.id).where(col(Feedback.nameless))
    query = select(History).where(History.action == Action.REPLIED, col(History.feedback_id).in_(own))
    replied = await stage.core.store.read(lambda session: session.exec(query).all())
    assert {(one.actor_id, one.at.minute, one.id < 0) for one in replied} == {(None, 0, True)}
    assert sorted(one.before or "" for one in replied) == sorted(["0002", "0004", "0005"] * authors)
    owed = await stage.core.store.read(
        lambda session: session.exec(select(Outbox).where(col(Outbox.feedback_id).in_(own))).all()
    )
    answers = [row for row in owed if row.dedupe_key.startswith("replied:")]
    assert [(row.created_at.minute, row.id < 0) for row in answers] == [(0, True)] * (TURNS + 1) * authors


def _sent(session: Session) -> str:
    """The outbox as it is stored."""
    return json.dumps([row.model_dump(mode="json") for row in session.exec(select(Outbox))], default=str)


def _exported(session: Session) -> str:
    out, own = io.StringIO(), communities.every(session)[0]
    for write in (write_json, write_csv):
        write(session, own, out, lambda: False, removed=True)
    return out.getvalue()
