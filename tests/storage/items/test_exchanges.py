"""The queue without what waits for its author, on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from storage.items import feedback
from storage.items.desk import backlog, exchanges
from storage.models import Community, Feedback
from storage.vocabulary import Action
from tests.storage import rows
from tests.storage.rows import NOON

LATER = NOON + timedelta(days=1)


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


def waiting(session: Session, plaza: Community, at: timedelta = timedelta()) -> list[Feedback]:
    since = LATER + at - exchanges.SNOOZE
    found = [item for item, _ in backlog.waiting(session, plaza.id, 9, asked_since=since)]
    assert backlog.waiting_count(session, plaza.id, since) == (len(found), 0)
    return found


def test_what_waits_for_its_author_is_left_out_until_the_answer(session: Session, plaza: Community) -> None:
    asked, other = (rows.item(session, plaza, created_at=NOON) for _ in range(2))
    exchanges.ask(session, asked, None, "All day?", LATER)
    assert waiting(session, plaza) == [other]
    exchanges.reply(session, asked, "The morning", LATER)
    assert waiting(session, plaza) == [asked, other]
    exchanges.ask(session, asked, None, "Every Sunday?", LATER)
    assert waiting(session, plaza) == [other]


def test_it_comes_back_when_nobody_answers(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza, created_at=NOON)
    exchanges.ask(session, item, None, "All day?", LATER)
    assert waiting(session, plaza, exchanges.SNOOZE - timedelta(seconds=1)) == []
    assert waiting(session, plaza, exchanges.SNOOZE) == [item]


def test_turns_keep_their_order_when_their_day_and_ids_tell_nothing(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza, nameless=True, author_hash="mark")
    said: list[tuple[Callable[..., object], str]] = [
        (lambda *told: exchanges.ask(session, item, None, *told), "Since when?"),
        (lambda *told: exchanges.reply(session, item, *told), "May"),
        (lambda *told: exchanges.ask(session, item, None, *told), "Every month?"),
        (lambda *told: exchanges.reply(session, item, *told), "Yes"),
        (lambda *told: exchanges.reply(session, item, *told), "No"),
    ]
    for say, words in said:
        say(words, NOON)
    assert [entry.note for entry in exchanges.turns(session, item)] == [words for _, words in said]
    assert exchanges.open_question(session, item) is None
    assert all(entry.id < 0 for entry in feedback.history(session, item.id) if entry.action is Action.REPLIED)
