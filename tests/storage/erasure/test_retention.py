"""How long things are kept: each goes after its days, in steps, and nothing younger goes with it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, String, Table
from sqlmodel import Session, SQLModel, select

from bot.ports.codec import ReplyCodec
from bot.ports.reply import Quote, Reply
from bot.settings.config import Retention
from storage.answers import questions
from storage.engine.columns import Erase, Personal
from storage.items import addresses, feedback
from storage.items.support import supports
from storage.models import Attachment, Community, Feedback, History, Inbox, Member, Outbox, Question
from storage.privacy import retention
from storage.privacy.erasure import owners, personal_of
from storage.privacy.retention import KEPT, RULES, Due, Rule
from storage.reports import digests
from storage.traffic import buttons, deliveries, inbox, outbox, prompts
from storage.vocabulary import Decision, Delivery, Status
from tests.storage import rows
from tests.storage.rows import DAY, NOON

WORDS = "quincunx"
LONG_AGO = NOON - 1000 * DAY
WIRE = ReplyCodec()
FIXED = {"prompts", "blocks", "rates", "readiness"}
"""Rules whose age no setting changes."""


def rule(name: str) -> Rule:
    return next(one for one in RULES if one.name == name)


def keys(found: list[Due]) -> list[Any]:
    return [key for _, key in found]


def clear(session: Session, name: str, before: Any = NOON) -> int:
    """What the sweep does, in one transaction."""
    session.flush()
    one = rule(name)
    held = retention.claim(session, one, before, keys(retention.due(session, one, before)))
    retention.drop(session, one, held)
    session.expire_all()
    return len(held)


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def sam(session: Session) -> Member:
    return rows.person(session, "Sam")


def ask(session: Session, where: Community, who: Member, at: Any = LONG_AGO) -> Question:
    asked = Question(community_id=where.id, asker_id=who.id, text=WORDS, plain=WORDS, language="en")
    asked.decision, asked.asked_at = Decision.SILENT, at
    return questions.keep(session, asked)


def test_every_table_that_holds_something_personal_grows_old_or_says_why_not() -> None:
    assert retention.ageless(SQLModel.metadata.sorted_tables) == []


def test_a_new_table_that_says_nothing_of_age_is_noticed() -> None:
    column: Column[Any] = Column("name", String, info={"privacy": Personal("a name", Erase.BLANK)})
    assert retention.ageless([Table("new", MetaData(), column)]) == ["new"]


def test_what_is_kept_until_erased_is_personal_tied_to_its_person_and_has_a_reason() -> None:
    tables = {name: SQLModel.metadata.tables[name] for name in KEPT}
    assert [name for name, table in tables.items() if not personal_of(table)] == []
    assert {name for name, table in tables.items() if not owners(table)} <= {"member", "departure", "trace"}
    assert all(KEPT.values())


def test_every_rule_has_its_days_in_the_settings_and_every_setting_its_rule() -> None:
    # Places the bot was removed from are no table's rows: `bot.privacy.left_places` goes through them.
    assert set(Retention.model_fields) == {one.setting for one in RULES} - FIXED | {"left_places"}


def test_ids_of_events_handled_long_ago_go_and_recent_ones_stay(session: Session) -> None:
    inbox.close(session, "bare", "old", NOON - DAY)
    inbox.close(session, "bare", "new", NOON)
    assert clear(session, "inbox") == 1
    assert [row.event_id for row in session.exec(select(Inbox))] == ["new"]


def test_an_event_counts_from_when_it_was_handled(session: Session) -> None:
    session.add(Inbox(platform="bare", event_id="1", payload=WORDS, received_at=NOON - DAY))
    session.flush()
    inbox.close(session, "bare", "1", NOON)
    assert clear(session, "inbox") == 0


def test_what_could_never_be_read_is_not_kept_without_end(session: Session) -> None:
    session.add(Inbox(platform="bare", event_id="1", payload=WORDS, received_at=NOON - DAY))
    assert clear(session, "unread") == 1
    assert WORDS not in str(rows.dump(session))


def test_a_delivery_goes_by_what_became_of_it(session: Session, sam: Member) -> None:
    gone = {
        (Delivery.SENT, "sent"): 1,
        (Delivery.SENT, "unsent"): 0,
        (Delivery.FAILED, "unsent"): 1,
        (Delivery.FAILED, "given_up"): 1,
        (Delivery.UNKNOWN, "given_up"): 1,
        (Delivery.WAITING, "given_up"): 0,
        (Delivery.FAILED, "sent"): 0,
        (Delivery.WAITING, "unsent"): 1,
        (Delivery.WAITING, "sent"): 0,
    }
    assert {case: goes(session, sam, *case) for case in gone} == gone


def goes(session: Session, who: Member, state: Delivery, name: str) -> int:
    """How many of one delivery a rule takes; it is gone afterwards."""
    row = outbox.owe(session, "key", {"text": WORDS}, LONG_AGO, recipient_id=who.id)
    assert row is not None
    match state:
        case Delivery.SENT:
            deliveries.mark_sent(session, row.id, LONG_AGO)
        case Delivery.FAILED:
            deliveries.mark_exhausted(session, row.id, "Bad Gateway")
        case Delivery.UNKNOWN:
            deliveries.mark_uncertain(session, row.id, "network")
    taken = clear(session, name)
    left = session.exec(select(Outbox)).all()
    assert len(left) == 1 - taken
    for one in left:
        session.delete(one)
    session.flush()
    return taken


def test_a_delivery_counts_from_when_it_was_made(session: Session, sam: Member) -> None:
    row = outbox.owe(session, "key", {}, LONG_AGO, recipient_id=sam.id)
    assert row is not None
    deliveries.mark_sent(session, row.id, NOON)
    assert clear(session, "sent") == 0


def test_an_old_question_loses_its_words_and_its_asker_and_still_counts(
    session: Session, plaza: Community, sam: Member
) -> None:
    old, new = ask(session, plaza, sam), ask(session, plaza, sam, NOON)
    assert clear(session, "questions") == 1
    assert (old.text, old.plain, old.asker_id, old.decision) == ("", "", None, Decision.SILENT)
    assert (new.text, new.asker_id) == (WORDS, sam.id)


def test_what_was_emptied_is_not_emptied_again(session: Session, plaza: Community, sam: Member) -> None:
    ask(session, plaza, sam)
    digests.claim(session, plaza.id, "weekly", "old", {"blocks": [{"text": WORDS}]}, late=False, now=LONG_AGO)
    feedback.change_status(session, rows.item(session, plaza, sam), Status.DONE, None, "", LONG_AGO)
    for name in ("questions", "digests", "feedback"):
        assert (clear(session, name), clear(session, name)) == (1, 0), name


def test_an_archived_digest_loses_its_words_and_its_period_stays_claimed(session: Session, plaza: Community) -> None:
    words = WIRE.dump(Reply((Quote(WORDS, "#1"),), private=False))
    digests.claim(session, plaza.id, "weekly", "old", words, late=False, now=LONG_AGO)
    digests.claim(session, plaza.id, "weekly", "new", words, late=False, now=NOON)
    assert clear(session, "digests") == 1
    old, new = digests.archive(session, plaza.id)
    assert WIRE.load(old.payload).blocks == ()
    assert new.payload == words
    assert digests.claimed(session, plaza.id, "weekly", "old")


def test_drafts_and_questions_left_open_go_after_a_day(session: Session) -> None:
    prompts.draft(session, "sam", "plaza", "problem", {"text": WORDS}, NOON - DAY)
    kept = prompts.draft(session, "sam", "plaza", "problem", {"text": "recent"}, NOON)
    assert clear(session, "prompts") == 1
    assert prompts.find(session, kept.id, "sam") == kept
    assert WORDS not in str(rows.dump(session))


def test_a_draft_that_nobody_swept_away_is_not_found_after_its_day(session: Session) -> None:
    draft = prompts.draft(session, "sam", "plaza", "problem", {}, NOON)
    assert prompts.find(session, draft.id, "sam", NOON + prompts.PATIENCE) == draft
    assert prompts.find(session, draft.id, "sam", NOON + prompts.PATIENCE + timedelta(seconds=1)) is None


def test_old_buttons_go_whole_so_that_none_is_left_for_anybody_to_press(session: Session) -> None:
    old = rows.button(session, "sam", LONG_AGO)
    new = rows.button(session, "sam")
    assert clear(session, "buttons") == 1
    assert buttons.find(session, old) is None
    assert buttons.find(session, new) is not None


def close(session: Session, plaza: Community, who: Member, at: Any = LONG_AGO) -> Feedback:
    """An item with all that can be on it, closed by its author, a moderator too."""
    item = rows.item(session, plaza, who, text=WORDS, author_hash=WORDS)
    addresses.keep(session, item.id, WORDS.encode())
    session.add(Attachment(feedback_id=item.id, name=WORDS, media_type="image/png", content=WORDS.encode()))
    outbox.owe(session, f"news {item.id}", {"text": WORDS}, at, recipient_id=who.id, feedback_id=item.id)
    feedback.change_status(session, item, Status.DONE, who.id, f"As {WORDS} asked", at)
    return item


def test_feedback_closed_long_ago_loses_words_author_files_and_address(
    session: Session, plaza: Community, sam: Member
) -> None:
    close(session, plaza, sam)
    assert clear(session, "feedback") == 1
    found = rows.dump(session)
    assert WORDS not in str(found)
    assert WORDS.encode().hex() not in str(found)
    assert found["sealed_address"] == found["attachment"] == found["outbox"] == []
    (item,) = session.exec(select(Feedback)).all()
    assert (item.author_id, item.author_hash, item.status) == (None, None, Status.DONE)
    assert {row.actor_id for row in session.exec(select(History))} == {None}


def test_news_of_old_feedback_that_could_still_be_sent_again_goes_too(
    session: Session, plaza: Community, sam: Member
) -> None:
    item, lea = close(session, plaza, sam), rows.person(session, "Lea")
    for became in (deliveries.mark_exhausted, deliveries.mark_uncertain, deliveries.mark_unreachable):
        row = outbox.owe(session, f"{became}", {"text": WORDS}, NOON, recipient_id=lea.id, feedback_id=item.id)
        assert row is not None
        became(session, row.id, "network")
    clear(session, "feedback")
    assert rows.dump(session)["outbox"] == []


def test_feedback_that_is_open_or_was_just_closed_stays(session: Session, plaza: Community, sam: Member) -> None:
    rows.item(session, plaza, sam, created_at=LONG_AGO)
    close(session, plaza, sam, NOON)
    before = rows.dump(session)
    assert clear(session, "feedback") == 0
    assert rows.dump(session) == before


def test_who_supports_old_feedback_still_counts_once(session: Session, plaza: Community, sam: Member) -> None:
    item = close(session, plaza, sam)
    supports.toggle(session, item, sam.id, NOON)
    clear(session, "feedback")
    assert supports.concerned(session, item) == [sam.id]


def test_a_row_that_changed_since_it_was_found_is_left(session: Session, plaza: Community, sam: Member) -> None:
    item = close(session, plaza, sam)
    session.flush()
    found = retention.due(session, rule("feedback"), NOON)
    feedback.change_status(session, item, Status.UNDER_REVIEW, None, "", NOON)
    session.flush()
    assert keys(found) == [item.id]
    assert retention.claim(session, rule("feedback"), NOON, keys(found)) == []


def test_rows_are_found_a_few_at_a_time(session: Session, plaza: Community, sam: Member) -> None:
    old = [ask(session, plaza, sam, LONG_AGO + ago * DAY).id for ago in (0, 3, 3, 1, 2)]
    oldest = [old[0], old[3], old[4], old[1], old[2]]
    first = retention.due(session, rule("questions"), NOON, most=4)
    assert keys(first) == oldest[:4], "the next page begins between two of one instant"
    assert keys(retention.due(session, rule("questions"), NOON, after=first[-1], most=9)) == oldest[4:]
