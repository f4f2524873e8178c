"""What is owed and what was done: outbox, inbox, digests, prompts, buttons."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from storage.models import Button, Community, Inbox, Member, Outbox
from storage.reports import digests
from storage.traffic import buttons, deliveries, inbox, outbox, prompts
from storage.traffic.inbox import AlreadyHandled
from storage.vocabulary import Delivery
from tests.storage import rows
from tests.storage.rows import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def camille(session: Session) -> Member:
    return rows.person(session)


def test_the_same_key_is_owed_once(session: Session, camille: Member) -> None:
    payload = {"blocks": [{"text": "news", "label": None}]}
    row = outbox.owe(session, "key", payload, NOON, recipient_id=camille.id)
    assert row is not None
    assert outbox.owe(session, "key", {"other": "words"}, NOON, recipient_id=camille.id) is None
    session.expire_all()
    (kept,) = session.exec(select(Outbox)).all()
    assert (kept.payload, kept.state, kept.attempts) == (payload, Delivery.WAITING, 0)


def test_what_is_due_comes_oldest_first_and_only_when_its_time_has_come(session: Session) -> None:
    first, second = (outbox.owe(session, key, {}, NOON) for key in ("first", "second"))
    assert first is not None
    assert second is not None
    outbox.owe(session, "later", {}, NOON + MINUTE)
    assert [row.dedupe_key for row in deliveries.due(session, NOON)] == ["first", "second"]
    assert [row.dedupe_key for row in deliveries.due(session, NOON, most=1)] == ["first"]
    deliveries.postpone(session, first.id, NOON + MINUTE, "busy")
    assert [row.dedupe_key for row in deliveries.due(session, NOON)] == ["second"]
    assert len(deliveries.due(session, NOON + MINUTE)) == 3
    session.refresh(first)
    assert (first.attempts, first.error) == (1, "busy")


@pytest.mark.parametrize("state", [Delivery.SENT, Delivery.FAILED])
def test_words_are_dropped_once_delivered_or_given_up(session: Session, state: Delivery) -> None:
    row = outbox.owe(session, "key", {"text": "a secret"}, NOON)
    assert row is not None
    if state is Delivery.SENT:
        deliveries.mark_sent(session, row.id, NOON)
    else:
        deliveries.mark_failed(session, row.id, "blocked")
    assert deliveries.due(session, NOON) == []
    assert "secret" not in str(rows.dump(session))
    session.refresh(row)
    assert (row.state, row.payload) == (state, None)
    gone = session.connection().exec_driver_sql("SELECT count(*) FROM outbox WHERE payload IS NULL").scalar_one()
    assert gone == 1, "no value at all, not the word null"
    assert outbox.owe(session, "key", {}, NOON) is None, "what was delivered is not owed again"


def test_a_delivery_that_is_gone_is_no_trouble(session: Session) -> None:
    deliveries.mark_sent(session, 999, NOON)
    deliveries.postpone(session, 999, NOON, "")
    deliveries.mark_failed(session, 999, "")


def test_an_event_has_its_effect_once(session: Session) -> None:
    inbox.close(session, "bare", "1", NOON)
    with pytest.raises(AlreadyHandled):
        inbox.close(session, "bare", "1", NOON)
    inbox.close(session, "bare", "2", NOON)
    inbox.close(session, "web", "1", NOON)


def test_an_event_that_waited_is_closed_and_loses_its_payload(session: Session) -> None:
    session.add(Inbox(platform="bare", event_id="1", payload="raw words", received_at=NOON))
    session.flush()
    inbox.close(session, "bare", "1", NOON + MINUTE)
    session.expire_all()
    (row,) = session.exec(select(Inbox)).all()
    assert (row.payload, row.received_at, row.handled_at) == (None, NOON, NOON + MINUTE)
    with pytest.raises(AlreadyHandled):
        inbox.close(session, "bare", "1", NOON + MINUTE)


def test_a_period_is_claimed_once(session: Session, plaza: Community) -> None:
    claimed = digests.claim(session, plaza.id, "weekly", "2026-03-09", {"a": 1}, late=False, now=NOON)
    assert claimed is not None
    assert digests.claimed(session, plaza.id, "weekly", "2026-03-09")
    assert digests.claim(session, plaza.id, "weekly", "2026-03-09", {"a": 2}, late=True, now=NOON) is None
    assert not digests.claimed(session, plaza.id, "weekly", "2026-03-16")
    assert not digests.claimed(session, rows.community(session, "other").id, "weekly", "2026-03-09")
    assert [row.payload for row in digests.archive(session, plaza.id)] == [{"a": 1}]


def test_the_archive_is_the_latest_digests_the_oldest_first(session: Session, plaza: Community) -> None:
    for week in range(4):
        digests.claim(session, plaza.id, "weekly", f"week {week}", {}, late=False, now=NOON)
    digests.claim(session, rows.community(session, "other").id, "weekly", "week 0", {}, late=False, now=NOON)
    assert [row.period for row in digests.archive(session, plaza.id, most=2)] == ["week 2", "week 3"]
    assert len(digests.archive(session, plaza.id, most=None)) == 4


def test_one_question_is_open_for_a_person_in_a_chat(session: Session) -> None:
    prompts.ask(session, "camille", "bare:plaza", "suggest", {}, "text", NOON)
    newer = prompts.ask(session, "camille", "bare:plaza", "problem", {"area": "quality"}, "text", NOON)
    elsewhere = prompts.ask(session, "camille", "bare:other", "suggest", {}, "text", NOON)
    assert prompts.pending(session, "camille", "bare:plaza", NOON) == newer
    assert prompts.pending(session, "camille", "bare:other", NOON) == elsewhere
    assert prompts.pending(session, "sam", "bare:plaza", NOON) is None
    session.expire_all()
    assert newer.args == {"area": "quality"}


def test_a_question_goes_stale_then_is_forgotten(session: Session) -> None:
    asked = prompts.ask(session, "camille", "bare:plaza", "suggest", {}, "text", NOON)
    assert prompts.pending(session, "camille", "bare:plaza", NOON + prompts.FRESH) == asked
    assert prompts.pending(session, "camille", "bare:plaza", NOON + prompts.FRESH + MINUTE) is None
    assert prompts.find(session, asked.id, "camille") == asked, "a button still finds it"
    number, late = asked.id, NOON + prompts.PATIENCE + MINUTE
    prompts.draft(session, "sam", "bare:plaza", "problem", {}, late)
    assert prompts.find(session, number, "camille") is None


def test_a_draft_waits_beside_the_open_question_and_is_one_s_own(session: Session) -> None:
    draft = prompts.draft(session, "camille", "bare:plaza", "problem", {"text": "shy words"}, NOON)
    assert prompts.pending(session, "camille", "bare:plaza", NOON) is None
    prompts.ask(session, "camille", "bare:plaza", "suggest", {}, "text", NOON)
    prompts.drop_open(session, "camille", "bare:plaza")
    assert prompts.pending(session, "camille", "bare:plaza", NOON) is None
    assert prompts.find(session, draft.id, "camille") == draft
    assert prompts.find(session, draft.id, "sam") is None
    prompts.drop(session, draft)
    assert "shy words" not in str(rows.dump(session))


def test_one_button_for_many_is_one_row_that_is_as_new_as_the_last(session: Session) -> None:
    for days in range(3):
        buttons.keep(session, "@mark", "status", {"number": "12"}, NOON + timedelta(days=days))
    (kept,) = session.exec(select(Button))
    assert (kept.command, kept.args, kept.holder) == ("status", {"number": "12"}, None)
    assert kept.created_at == NOON + timedelta(days=2)
    assert buttons.find(session, "no such token") is None
