"""Counts for digests: people beside messages."""

import pytest
from sqlmodel import Session

from storage.items import feedback
from storage.models import Community, Member, Outbox, Question
from storage.reports import periods, reporting, turnout
from storage.reports.reporting import Count
from storage.traffic import deliveries, outbox
from storage.vocabulary import Action, Decision, Delivery, Kind, Status
from tests.storage import rows
from tests.storage.rows import DAY, NOON, WEEK


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def camille(session: Session) -> Member:
    return rows.person(session)


def by_kind(session: Session, community_id: int) -> dict[Kind, Count]:
    """The kinds of which there was something in the week."""
    found = periods.of_items(session, community_id, WEEK)
    return {kind: count for kind, (count,) in found.kinds.items() if count.messages}


def by_area(session: Session, community_id: int) -> dict[str | None, Count]:
    """The areas of the week."""
    return periods.by_area(periods.of_items(session, community_id, WEEK).last)


def test_people_are_counted_beside_messages_named_and_nameless(
    session: Session, plaza: Community, camille: Member
) -> None:
    sam = rows.person(session, "Sam")
    for author in (camille, camille, sam):
        rows.item(session, plaza, author)
    for mark in ("mark", "mark", "another"):
        rows.item(session, plaza, author_hash=mark)
    assert turnout.total(session, plaza.id, *WEEK) == Count(6, 4)


def test_who_asks_without_a_name_is_counted_with_the_askers(session: Session, plaza: Community) -> None:
    rows.item(session, plaza, author_hash="mark")
    for holder, asked_at in (("mark", NOON), ("another", NOON), ("known", WEEK[0] - DAY), ("known", NOON)):
        asked = Question(community_id=plaza.id, holder=holder, text="When?", plain="when", language="en")
        asked.decision, asked.asked_at = Decision.SILENT, asked_at
        session.add(asked)
    session.flush()
    assert turnout.total(session, plaza.id, *WEEK, asking=True) == Count(4, 3)
    assert turnout.new_voices(session, plaza.id, *WEEK, asking=True) == 0, "a mark is new with each month"
    assert turnout.total(session, plaza.id, *WEEK) == Count(1, 1)


def test_a_language_is_common_when_enough_people_wrote_in_it(session: Session, plaza: Community) -> None:
    for name in ("One", "Two"):
        rows.item(session, plaza, rows.person(session, name), language="fr")
        rows.item(session, plaza, author_hash=name, language="fr")
    rows.item(session, plaza, rows.person(session, "One"), language="en")
    assert reporting.common_languages(session, plaza.id, 2) == {"fr"}
    assert reporting.common_languages(session, plaza.id, 3) == set(), "with and without a name they may be the same"


def test_what_has_no_author_is_a_message_from_nobody_known(session: Session, plaza: Community) -> None:
    rows.item(session, plaza)
    assert turnout.total(session, plaza.id, *WEEK) == Count(1, 0)
    assert turnout.new_voices(session, plaza.id, *WEEK) == 0


def test_nothing_is_nothing(session: Session, plaza: Community) -> None:
    assert turnout.total(session, plaza.id, *WEEK) == Count(0, 0)
    assert by_kind(session, plaza.id) == {}
    assert by_area(session, plaza.id) == {}
    assert reporting.closure(session, plaza.id, *WEEK) == (0, 0)
    assert reporting.first_message(session, plaza.id, NOON - 9 * DAY) is None
    assert reporting.told(session, plaza.id, *WEEK) == {}


def test_withdrawn_items_other_communities_and_other_weeks_are_left_out(
    session: Session, plaza: Community, camille: Member
) -> None:
    rows.item(session, plaza, camille, created_at=WEEK[0])
    rows.item(session, plaza, camille, created_at=WEEK[1])
    rows.item(session, plaza, camille, created_at=WEEK[0] - DAY)
    rows.item(session, rows.community(session, "other"), camille)
    gone = rows.item(session, plaza, rows.person(session, "Gone"), area="quality")
    feedback.change_status(session, gone, Status.WITHDRAWN, None, "", NOON)
    assert turnout.total(session, plaza.id, *WEEK) == Count(1, 1)
    assert by_kind(session, plaza.id) == {Kind.SUGGESTION: Count(1, 1)}
    assert by_area(session, plaza.id) == {None: Count(1, 1)}
    assert reporting.closure(session, plaza.id, *WEEK) == (0, 1)
    assert reporting.changes(session, plaza.id, *WEEK) == []
    assert reporting.items_of_area(session, plaza.id, "quality", *WEEK, most=9) == []


def test_kinds_and_areas_are_counted_apart_the_area_of_most_people_first(
    session: Session, plaza: Community, camille: Member
) -> None:
    sam = rows.person(session, "Sam")
    for _ in range(3):
        rows.item(session, plaza, camille, area="quality", kind=Kind.PROBLEM)
    for author in (camille, sam):
        rows.item(session, plaza, author, area="support")
    rows.item(session, plaza, sam, kind=Kind.PRAISE)
    assert by_kind(session, plaza.id) == {
        Kind.PROBLEM: Count(3, 1),
        Kind.SUGGESTION: Count(2, 2),
        Kind.PRAISE: Count(1, 1),
    }
    found = by_area(session, plaza.id)
    assert list(found.items()) == [("support", Count(2, 2)), ("quality", Count(3, 1)), (None, Count(1, 1))]


def test_a_new_voice_is_one_never_heard_here_before_the_span(
    session: Session, plaza: Community, camille: Member
) -> None:
    rows.item(session, plaza, camille, created_at=WEEK[0] - DAY)
    rows.item(session, plaza, camille)
    rows.item(session, plaza, author_hash="old mark", created_at=WEEK[0] - DAY)
    rows.item(session, plaza, author_hash="old mark")
    assert turnout.new_voices(session, plaza.id, *WEEK) == 0
    for _ in range(2):
        rows.item(session, plaza, rows.person(session, "Sam"))
        rows.item(session, plaza, author_hash="new mark")
    assert turnout.new_voices(session, plaza.id, *WEEK) == 1
    elsewhere = rows.person(session, "Elsewhere")
    rows.item(session, rows.community(session, "other"), elsewhere, created_at=WEEK[0] - DAY)
    rows.item(session, plaza, elsewhere)
    assert turnout.new_voices(session, plaza.id, *WEEK) == 2
    taken_back = rows.person(session, "Taken back")
    rows.item(session, plaza, taken_back, created_at=WEEK[0] - DAY, status=Status.WITHDRAWN)
    rows.item(session, plaza, taken_back)
    assert turnout.new_voices(session, plaza.id, *WEEK) == 3


def test_the_first_message_is_the_oldest_not_the_first_filed(session: Session, plaza: Community) -> None:
    rows.item(session, plaza, created_at=NOON)
    rows.item(session, plaza, created_at=NOON - DAY)
    assert reporting.first_message(session, plaza.id, NOON - 9 * DAY) == NOON - DAY
    assert reporting.first_message(session, plaza.id, NOON) == NOON


def test_the_items_of_an_area_come_most_supported_then_newest(session: Session, plaza: Community) -> None:
    old, new = rows.item(session, plaza, area="quality"), rows.item(session, plaza, area="quality")
    loud = rows.item(session, plaza, area="quality", base_support=3)
    bare = rows.item(session, plaza)
    assert reporting.items_of_area(session, plaza.id, "quality", *WEEK, most=9) == [loud, new, old]
    assert reporting.items_of_area(session, plaza.id, "quality", *WEEK, most=1) == [loud]
    assert reporting.items_of_area(session, plaza.id, None, *WEEK, most=9) == [bare]


def test_of_an_area_s_items_one_without_a_name_is_as_new_as_its_day(session: Session, plaza: Community) -> None:
    old = rows.item(session, plaza, area="quality", created_at=NOON - DAY)
    new = rows.item(session, plaza, area="quality", author_hash="mark", created_at=NOON)
    assert reporting.items_of_area(session, plaza.id, "quality", *WEEK, most=9) == [new, old]


def test_changes_of_status_made_in_the_span_come_newest_first(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza)
    feedback.change_status(session, item, Status.UNDER_REVIEW, None, "", WEEK[0] - DAY)
    feedback.change_status(session, item, Status.PLANNED, None, "in May", NOON)
    feedback.change_status(session, item, Status.DONE, None, "", NOON + DAY)
    feedback.record(session, item, Action.EDITED, None, at=NOON)
    found = reporting.changes(session, plaza.id, *WEEK)
    assert [(change.item, change.status, change.note) for change in found] == [
        (item, "done", ""),
        (item, "planned", "in May"),
    ]
    assert reporting.changes(session, rows.community(session, "other").id, *WEEK) == []


def test_closure_is_how_many_of_those_filed_then_were_closed_since(session: Session, plaza: Community) -> None:
    items = [rows.item(session, plaza) for _ in range(3)]
    feedback.change_status(session, items[0], Status.DONE, None, "", NOON)
    feedback.change_status(session, items[1], Status.PLANNED, None, "", NOON)
    assert reporting.closure(session, plaza.id, *WEEK) == (1, 3)


def test_what_was_told_counts_people_each_once(session: Session, plaza: Community, camille: Member) -> None:
    item, foreign = rows.item(session, plaza), rows.item(session, rows.community(session, "other"))
    owed = [outbox.owe(session, f"k{n}", {}, NOON, recipient_id=camille.id, feedback_id=item.id) for n in range(4)]
    outbox.owe(session, "foreign", {}, NOON, recipient_id=camille.id, feedback_id=foreign.id)
    outbox.owe(session, "about nothing", {}, NOON, recipient_id=camille.id)
    outbox.owe(session, "before", {}, WEEK[0] - DAY, recipient_id=camille.id, feedback_id=item.id)
    deliveries.mark_sent(session, _number(outbox.owe(session, "sealed", {}, NOON, feedback_id=item.id)), NOON)
    ids = [row.id for row in owed if row]
    deliveries.mark_sent(session, ids[0], NOON)
    deliveries.mark_sent(session, ids[1], NOON)
    deliveries.mark_failed(session, ids[2], "blocked")
    found = reporting.told(session, plaza.id, *WEEK)
    assert found == {Delivery.SENT: 2, Delivery.FAILED: 1, Delivery.WAITING: 1}


def _number(row: Outbox | None) -> int:
    assert row
    return row.id
