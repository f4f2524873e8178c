"""Feedback items: filed, found, changed."""

import pytest
from sqlmodel import Session

from storage.items import feedback, open_items, rewordings
from storage.items.desk import backlog
from storage.items.importing import loading, walking
from storage.items.support import supports
from storage.models import Community, Member
from storage.people import communities
from storage.vocabulary import CLOSED, STATUSES, Action, Audience, Kind, Naming, Status
from tests.storage import rows
from tests.storage.rows import DAY, NOON

HARD_TEXTS = [
    "",
    " ",
    "x" * 10_000,
    "🎉👩‍👩‍👧‍👦",
    "مرحبا بالعالم",
    "@everyone **bold** <b>&amp;</b>",
    "line\r\nline\n\ttab",
    "e\u0301 é",
    "'; DROP TABLE feedback; --",
    "{name} %s",
]


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def camille(session: Session) -> Member:
    return rows.person(session)


def test_numbers_count_from_one_in_each_community(session: Session, plaza: Community) -> None:
    other = rows.community(session, "other")
    assert [rows.item(session, plaza).number for _ in range(3)] == [1, 2, 3]
    assert rows.item(session, other).number == 1
    assert rows.item(session, plaza).number == 4


def test_a_filing_that_is_undone_leaves_no_gap(session: Session, plaza: Community) -> None:
    rows.item(session, plaza)
    undone = session.begin_nested()
    assert rows.item(session, plaza).number == 2
    undone.rollback()
    assert rows.item(session, plaza).number == 2


def test_any_text_is_kept_exactly(session: Session, plaza: Community) -> None:
    numbers = [rows.item(session, plaza, text=text).number for text in HARD_TEXTS]
    session.expire_all()
    found = [feedback.by_number(session, plaza.id, number) for number in numbers]
    assert [one and one.text for one in found] == HARD_TEXTS


def test_times_come_back_aware(session: Session, plaza: Community) -> None:
    filed = rows.item(session, plaza)
    session.refresh(filed)
    assert filed.created_at == NOON
    assert filed.created_at.tzinfo is not None


def test_an_item_is_found_by_its_number_in_its_community_only(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza)
    assert feedback.by_number(session, plaza.id, item.number) == item
    assert feedback.by_number(session, plaza.id, 99) is None
    assert feedback.by_number(session, rows.community(session, "other").id, item.number) is None


def test_an_item_is_found_by_what_it_came_from(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza, source="bare:1")
    assert feedback.by_source(session, "bare:1") == item
    assert feedback.by_source(session, "bare:2") is None


def test_filing_opens_the_history_in_the_author_s_name(session: Session, plaza: Community, camille: Member) -> None:
    (entry,) = feedback.history(session, rows.item(session, plaza, camille).id)
    assert (entry.action, entry.actor_id, entry.after, entry.at) == (Action.FILED, camille.id, "received", NOON)


def test_one_s_own_items_are_those_with_the_name_and_those_with_the_mark(
    session: Session, plaza: Community, camille: Member
) -> None:
    named = rows.item(session, plaza, camille)
    nameless = rows.item(session, plaza, author_hash="mark", created_at=NOON + DAY)
    rows.item(session, plaza, rows.person(session, "Sam"))
    rows.item(session, plaza, author_hash="another mark")
    rows.item(session, rows.community(session, "other"), camille)
    assert feedback.of_author(session, plaza.id, camille.id, ["mark"]) == [nameless, named]
    assert feedback.of_author(session, plaza.id, camille.id, ["mark"], most=1) == [nameless]
    assert feedback.of_author(session, plaza.id, camille.id, ["-"]) == [named]
    assert feedback.of_author(session, plaza.id, 999, ["mark"]) == [nameless]


def test_open_items_are_counted_until_they_are_closed(session: Session, plaza: Community, camille: Member) -> None:
    items = [rows.item(session, plaza, camille), rows.item(session, plaza, author_hash="mark")]
    rows.item(session, plaza, rows.person(session, "Sam"))
    assert open_items.open_count(session, plaza.id, camille.id, ["mark"]) == 2
    feedback.change_status(session, items[0], Status.PLANNED, None, "", NOON)
    assert open_items.open_count(session, plaza.id, camille.id, ["mark"]) == 2
    feedback.change_status(session, items[1], Status.DONE, None, "", NOON)
    assert open_items.open_count(session, plaza.id, camille.id, ["mark"]) == 1


def test_an_item_is_open_exactly_until_its_outcome(session: Session) -> None:
    for status in {status for statuses in STATUSES.values() for status in statuses}:
        plaza = rows.community(session, status.value)
        imported = rows.item(session, plaza, status=status)
        moved = rows.item(session, plaza)
        feedback.change_status(session, moved, status, None, "", NOON + DAY)
        assert {item.closed_at is not None for item in (imported, moved)} == {status in CLOSED}, status
        assert len(backlog.top(session, plaza.id)) == (0 if status in CLOSED else 2), status


def test_items_filed_many_at_once_are_as_if_filed_one_by_one(session: Session, plaza: Community) -> None:
    items = [
        loading.Item(Kind.SUGGESTION, "words", None, Audience.EVERYONE, False, "en", "", 2, f"csv:{number}", NOON)
        for number in range(2)
    ]
    assert loading.file_all(session, plaza.id, "import", items) == 2
    rows.item(session, plaza, base_support=2)
    many = [item for item, _ in walking.walk(session, plaza.id)]
    assert [item.number for item in many] == [1, 2, 3]
    for item in many:
        assert (item.support, item.closed_at) == (2, None)
        assert [entry.after for entry in feedback.history(session, item.id)] == ["received"]


def test_reopening_takes_the_closing_back(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza)
    feedback.change_status(session, item, Status.DONE, None, "", NOON)
    feedback.change_status(session, item, Status.PLANNED, None, "", NOON + DAY)
    assert item.closed_at is None


def test_a_change_of_status_says_who_when_and_why(session: Session, plaza: Community, camille: Member) -> None:
    item = rows.item(session, plaza)
    feedback.change_status(session, item, Status.NOT_PLANNED, camille.id, "No volunteers.", NOON + DAY)
    entry = feedback.history(session, item.id)[-1]
    assert (entry.before, entry.after) == ("received", "not_planned")
    assert (entry.actor_id, entry.note, entry.at) == (camille.id, "No volunteers.", NOON + DAY)
    assert (item.status, item.changed_at, item.closed_at) == (Status.NOT_PLANNED, NOON + DAY, NOON + DAY)


def test_former_words_are_not_kept(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza, text="something private")
    rewordings.change_text(session, item, "something else", None, NOON)
    assert "something private" not in str(rows.dump(session))
    assert [entry.action for entry in feedback.history(session, item.id)] == [Action.FILED, Action.EDITED]


def test_a_change_of_visibility_is_recorded(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza)
    feedback.change_visibility(session, item, Audience.TEAM, Naming.NAMELESS, None, NOON)
    entry = feedback.history(session, item.id)[-1]
    assert (entry.action, entry.before, entry.after) == (Action.VISIBILITY, "everyone, named", "team, nameless")


def test_what_moves_is_open_public_supported_and_no_praise(session: Session, plaza: Community, camille: Member) -> None:
    quiet, loud = rows.item(session, plaza), rows.item(session, plaza, base_support=1)
    rows.item(session, plaza, base_support=9, audience=Audience.TEAM)
    rows.item(session, plaza, base_support=9, kind=Kind.PRAISE)
    closed = rows.item(session, plaza, base_support=9)
    feedback.change_status(session, closed, Status.DONE, None, "", NOON)
    rows.item(session, rows.community(session, "other"), base_support=9)
    assert backlog.top(session, plaza.id) == [(loud, 1), (quiet, 0)]
    supports.toggle(session, quiet, camille.id, NOON)
    supports.toggle(session, quiet, rows.person(session, "Sam").id, NOON)
    assert backlog.top(session, plaza.id) == [(quiet, 2), (loud, 1)]
    assert backlog.top(session, plaza.id, most=1) == [(quiet, 2)]


def test_what_waits_is_most_supported_first_then_oldest(session: Session, plaza: Community) -> None:
    young = rows.item(session, plaza, created_at=NOON)
    old = rows.item(session, plaza, created_at=NOON - DAY)
    loud = rows.item(session, plaza, base_support=2, created_at=NOON)
    decided = rows.item(session, plaza)
    feedback.change_status(session, decided, Status.PLANNED, None, "", NOON)
    assert backlog.waiting(session, plaza.id, 9) == [(loud, 2), (old, 0), (young, 0)]
    assert backlog.waiting(session, plaza.id, 1, after=loud) == [(old, 0)]
    assert backlog.waiting(session, plaza.id, 9, after=young) == []


def test_after_what_is_decided_on_come_those_that_came_after_it(session: Session, plaza: Community) -> None:
    first, second, third = (rows.item(session, plaza, created_at=NOON) for _ in range(3))
    feedback.change_status(session, second, Status.PLANNED, None, "", NOON)
    assert backlog.waiting(session, plaza.id, 9, after=second) == [(third, 0)]
    assert backlog.waiting(session, plaza.id, 9, after=first) == [(third, 0)]


def test_praise_nobody_has_read_is_counted_apart_from_what_waits_for_a_decision(
    session: Session, plaza: Community
) -> None:
    for kind in (Kind.SUGGESTION, Kind.PROBLEM, Kind.PRAISE):
        rows.item(session, plaza, kind=kind)
    assert backlog.waiting_count(session, plaza.id) == (2, 1)


def test_the_last_decision_on_an_item_is_its_last_change_of_status(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza)
    assert feedback.last_decision(session, item) == 0
    feedback.change_status(session, item, Status.PLANNED, None, "", NOON)
    entry = feedback.change_status(session, item, Status.DONE, None, "", NOON)
    feedback.change_area(session, item, "Quality", None, NOON)
    assert feedback.last_decision(session, item) == entry.id


def test_a_change_of_area_is_recorded_as_such(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza, area="Support")
    feedback.change_area(session, item, "Quality", None, NOON)
    last = feedback.history(session, item.id)[-1]
    assert (item.area, last.action, last.before, last.after) == ("Quality", Action.AREA, "Support", "Quality")


def test_walking_meets_every_item_once_in_order_whatever_the_page(
    session: Session, plaza: Community, camille: Member
) -> None:
    items = [rows.item(session, plaza, base_support=number) for number in range(4)]
    rows.item(session, rows.community(session, "other"))
    supports.toggle(session, items[2], camille.id, NOON)
    for page in (1, 2, 3, 500):
        walked = [(item.number, total) for item, total in walking.walk(session, plaza.id, page)]
        assert walked == [(1, 0), (2, 1), (3, 3), (4, 3)], page


def test_walking_holds_a_page_in_memory_at_a_time(session: Session, plaza: Community) -> None:
    for _ in range(20):
        rows.item(session, plaza)
    session.flush()
    session.expunge_all()
    held = [len(session.identity_map) for _ in walking.walk(session, communities.every(session)[0].id, 5)]
    assert max(held) <= 6


def test_walking_an_empty_community_meets_nothing(session: Session, plaza: Community) -> None:
    assert list(walking.walk(session, plaza.id)) == []
