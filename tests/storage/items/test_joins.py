"""Items that say the same are joined and separated, and each person counts once, whatever happens meanwhile."""

from typing import Any

import pytest
from sqlmodel import Session, select

from storage.items import feedback
from storage.items.public import boards, cards
from storage.items.support import groups, joins, supports, voices
from storage.items.support.joins import Obstacle, Unjoinable
from storage.models import Card, Community, Feedback, Member
from storage.privacy import erasure, retention
from storage.reports import reporting
from storage.vocabulary import Action, Audience, Kind, Naming, Publication, Status
from tests.storage import rows
from tests.storage.rows import DAY, NOON


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def people(session: Session) -> list[Member]:
    return [rows.person(session, name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve")]


def likes(session: Session, item: Feedback, *who: Member) -> None:
    for one in who:
        supports.toggle(session, item, one.id, NOON)


def total(session: Session, item: Feedback) -> int:
    return supports.total(session, item)


def state(session: Session, item: Feedback) -> tuple[object, ...]:
    session.refresh(item)
    return item.status, item.closed_at, item.joined_to, item.support, item.audience, item.text


def test_each_person_counts_once(session: Session, plaza: Community, people: list[Member]) -> None:
    ada, ben, cleo, dan, eve = people
    bench = rows.item(session, plaza, ada, base_support=3)
    seat = rows.item(session, plaza, ben, base_support=2)
    likes(session, bench, cleo, dan)
    likes(session, seat, dan, eve, ada)
    joins.join(session, seat, bench, eve.id, NOON)
    # Cleo, Dan, Eve and Ben; Ada wrote it.
    assert total(session, bench) == 3 + 2 + 4
    assert (seat.status, seat.joined_to, seat.closed_at) == (Status.JOINED, bench.id, NOON)


def test_who_supports_one_and_follows_the_other_supports(
    session: Session, plaza: Community, people: list[Member]
) -> None:
    ada, ben, cleo, dan, eve = people
    bench, seat = rows.item(session, plaza, ada), rows.item(session, plaza, ben)
    likes(session, bench, cleo)
    for one in (cleo, dan):
        supports.toggle_follow(session, seat, one.id, NOON)
    joins.join(session, seat, bench, eve.id, NOON)
    assert supports.others(session, bench) == {ben.id: True, cleo.id: True, dan.id: False}


def test_separating_restores_what_was(session: Session, plaza: Community, people: list[Member]) -> None:
    ada, ben, cleo, *_ = people
    bench, seat, chair = (rows.item(session, plaza, one) for one in (ada, ben, cleo))
    feedback.change_status(session, seat, Status.PLANNED, None, "", NOON)
    likes(session, bench, cleo)
    likes(session, seat, ada, cleo)
    joins.join(session, chair, seat, ada.id, NOON)
    before = [state(session, one) for one in (bench, seat, chair)]
    joins.join(session, seat, bench, ada.id, NOON + DAY)
    assert chair.joined_to == seat.joined_to == bench.id
    joins.separate(session, seat, ada.id, NOON + 2 * DAY)
    assert [state(session, one) for one in (bench, seat, chair)] == before
    kept = [entry.action for entry in feedback.history(session, seat.id)]
    assert kept == [Action.FILED, Action.STATUS, Action.JOINED, Action.SEPARATED]


def test_what_was_separated_meanwhile_stays_so(session: Session, plaza: Community) -> None:
    bench, seat, chair = (rows.item(session, plaza) for _ in range(3))
    joins.join(session, chair, seat, None, NOON)
    joins.join(session, seat, bench, None, NOON + DAY)
    joins.separate(session, chair, None, NOON + 2 * DAY)
    joins.separate(session, seat, None, NOON + 3 * DAY)
    assert chair.joined_to is None
    assert chair.status is Status.RECEIVED


def test_joining_to_what_is_joined_goes_to_its_target(session: Session, plaza: Community) -> None:
    bench, seat, chair = (rows.item(session, plaza) for _ in range(3))
    joins.join(session, seat, bench, None, NOON)
    joins.join(session, chair, seat, None, NOON)
    assert chair.joined_to == bench.id


def test_what_is_pressed_on_a_joined_item_counts_at_its_target(
    session: Session, plaza: Community, people: list[Member]
) -> None:
    ada, ben, cleo, *_ = people
    bench, seat = rows.item(session, plaza, ada), rows.item(session, plaza, ben)
    joins.join(session, seat, bench, None, NOON)
    likes(session, seat, cleo)
    assert total(session, bench) == 2
    assert supports.supports(session, bench, cleo.id)
    likes(session, bench, cleo)
    assert total(session, bench) == 1
    assert not supports.supports(session, seat, cleo.id)


def test_joined_items_without_a_name_count_one_each_whoever_wrote_them(session: Session, plaza: Community) -> None:
    bench = rows.item(session, plaza, author_hash="mark")
    for _ in range(2):
        joins.join(session, rows.item(session, plaza, author_hash="mark"), bench, None, NOON)
    assert total(session, bench) == 2


def test_an_author_who_takes_the_name_off_is_not_looked_for(
    session: Session, plaza: Community, people: list[Member]
) -> None:
    ada, ben, *_ = people
    bench, seat = rows.item(session, plaza, ada), rows.item(session, plaza, ben)
    likes(session, bench, ben)
    joins.join(session, seat, bench, None, NOON)
    assert total(session, bench) == 1
    seat.author_id, seat.author_hash = None, "mark"
    feedback.change_visibility(session, seat, Audience.EVERYONE, Naming.NAMELESS, None, NOON)
    assert total(session, bench) == 2


def test_who_withdraws_is_not_counted_and_their_supporters_are(
    session: Session, plaza: Community, people: list[Member]
) -> None:
    ada, ben, cleo, *_ = people
    bench, seat = rows.item(session, plaza, ada), rows.item(session, plaza, ben)
    likes(session, seat, cleo)
    joins.join(session, seat, bench, None, NOON)
    feedback.change_status(session, seat, Status.WITHDRAWN, ben.id, "", NOON)
    assert total(session, bench) == 1
    joins.separate(session, seat, None, NOON)
    assert (seat.status, total(session, bench), total(session, seat)) == (Status.WITHDRAWN, 0, 1)


def test_an_erasure_changes_no_count(session: Session, plaza: Community, people: list[Member]) -> None:
    ada, ben, cleo, *_ = people
    for gone in (ben, cleo):
        bench, seat, chair = (rows.item(session, plaza, one) for one in (ada, ben, ben))
        with session.begin_nested() as undone:
            if gone is cleo:
                likes(session, bench, cleo)
                likes(session, seat, cleo)
            likes(session, chair, ada)
            for one in (seat, chair):
                joins.join(session, one, bench, None, NOON)
            before = total(session, bench)
            erasure.erase_person(session, gone.id, [])
            assert total(session, bench) == before == groups.count(session, groups.ids(session, bench.id))
            undone.rollback()


def test_what_is_given_up_leaves_the_others_on_their_own(
    session: Session, plaza: Community, people: list[Member]
) -> None:
    ada, ben, cleo, *_ = people
    bench, seat, chair, stool = (rows.item(session, plaza, one) for one in (ada, ben, cleo, cleo))
    joins.join(session, chair, seat, None, NOON)
    joins.join(session, stool, bench, None, NOON)
    joins.join(session, seat, bench, None, NOON + DAY)
    joins.separate_of(session, ada.id, [], NOON + 2 * DAY)
    assert (seat.joined_to, stool.joined_to, chair.joined_to) == (None, None, seat.id)
    assert (seat.status, total(session, bench), total(session, seat)) == (Status.RECEIVED, 0, 1)


def test_the_words_of_what_is_joined_are_kept_while_its_target_is_open(session: Session, plaza: Community) -> None:
    bench, seat = rows.item(session, plaza), rows.item(session, plaza)
    joins.join(session, seat, bench, None, NOON)
    rule = next(one for one in retention.RULES if one.name == "feedback")
    assert retention.due(session, rule, NOON + 9 * DAY) == []
    feedback.change_status(session, bench, Status.DONE, None, "", NOON + 5 * DAY)
    session.refresh(seat)
    assert retention.due(session, rule, NOON + 5 * DAY) == []
    due = retention.due(session, rule, NOON + 9 * DAY)
    assert {key for _, key in due} == {bench.id, seat.id}
    retention.drop(session, rule, [bench.id, seat.id])
    assert total(session, bench) == groups.count(session, groups.ids(session, bench.id))


CASES: tuple[tuple[dict[str, Any], dict[str, Any], Obstacle | None], ...] = (
    ({}, {"kind": Kind.PRAISE}, Obstacle.KIND),
    ({"audience": Audience.TRUSTED}, {}, Obstacle.TRUSTED),
    ({}, {"audience": Audience.TRUSTED}, Obstacle.TRUSTED),
    ({}, {"audience": Audience.TEAM}, Obstacle.NARROWER),
    ({}, {"publication": Publication.HELD}, Obstacle.HIDDEN),
    ({}, {"publication": Publication.REMOVED}, Obstacle.HIDDEN),
    ({}, {"status": Status.WITHDRAWN}, Obstacle.HIDDEN),
    ({"status": Status.DONE}, {}, Obstacle.CLOSED),
    ({"audience": Audience.TEAM}, {}, None),
    ({"kind": Kind.PROBLEM}, {"status": Status.DONE}, None),
)
"""An item, another, and why the first cannot be joined to it."""


def test_what_can_be_joined_to_what(session: Session, plaza: Community) -> None:
    pairs = [(rows.item(session, plaza, **item), rows.item(session, plaza, **to)) for item, to, _ in CASES]
    assert [(item, to, joins.obstacle(*pair)) for (item, to, _), pair in zip(CASES, pairs, strict=True)] == [*CASES]


def test_nothing_is_joined_to_itself_elsewhere_or_twice(session: Session, plaza: Community) -> None:
    bench, seat = rows.item(session, plaza), rows.item(session, plaza)
    other = rows.item(session, rows.community(session, "other"))
    joins.join(session, seat, bench, None, NOON)
    tried = {Obstacle.ITSELF: (bench, seat), Obstacle.ELSEWHERE: (bench, other), Obstacle.JOINED: (seat, bench)}
    for why, (item, to) in tried.items():
        with pytest.raises(Unjoinable) as refused:
            joins.join(session, item, to, None, NOON)
        assert refused.value.why is why


def test_what_is_joined_is_settled_with_its_target(session: Session, plaza: Community) -> None:
    bench, seat = rows.item(session, plaza), rows.item(session, plaza)
    joins.join(session, seat, bench, None, NOON)
    span = (session, plaza.id, NOON - DAY, NOON + DAY)
    assert reporting.closure(*span) == (0, 2)
    assert reporting.changes(*span) == []
    feedback.change_status(session, bench, Status.DONE, None, "", NOON)
    assert reporting.closure(*span) == (2, 2)


def test_support_from_before_an_edit_is_told_apart_in_a_group(
    session: Session, plaza: Community, people: list[Member]
) -> None:
    ada, ben, cleo, dan, _ = people
    bench, seat = rows.item(session, plaza, ada), rows.item(session, plaza, ben)
    likes(session, bench, cleo)
    likes(session, seat, dan)
    joins.join(session, seat, bench, None, NOON)
    bench.edited_at = NOON + DAY
    session.add(bench)
    session.flush()
    assert supports.earlier(session, [bench]) == {bench.id: 3}
    assert supports.renew(session, bench, ben.id, NOON + 2 * DAY)
    assert supports.renew(session, bench, dan.id, NOON + 2 * DAY)
    assert supports.earlier(session, [bench]) == {bench.id: 1}
    assert total(session, bench) == 3


def test_a_card_is_renewed_by_the_sentences_and_the_changes_of_what_is_joined(
    session: Session, plaza: Community, people: list[Member]
) -> None:
    to, item = rows.item(session, plaza), rows.item(session, plaza)
    cards.order(session, to.id, [boards.show_ideas(session, plaza.id, "bare", "ideas", NOON).id], NOON)
    card = session.exec(select(Card)).one()

    def is_renewed() -> bool:
        before = card.revision
        session.flush()
        session.refresh(card)
        return card.revision > before

    is_renewed()
    voices.say(session, item, people[0].id, "my knees", "en", NOON)
    assert not is_renewed(), "it is not joined"
    joins.join(session, item, to, None, NOON)
    assert is_renewed()
    voices.say(session, item, people[1].id, "my back", "en", NOON)
    assert is_renewed()
    item.audience = Audience.TEAM
    session.add(item)
    assert is_renewed()
    erasure.erase_person(session, people[0].id, [])
    assert is_renewed()
    assert not is_renewed()


def test_a_sentence_comes_back_with_its_persons_new_support_alone(
    session: Session, plaza: Community, people: list[Member]
) -> None:
    ada, ben, *_ = people
    item = rows.item(session, plaza)
    likes(session, item, ada, ben)
    for one in (ada, ben):
        voices.say(session, item, one.id, f"says {one.id}", "en", NOON)
    item.edited_at = NOON + DAY
    session.flush()
    assert voices.count(session, [item.id]) == 0
    supports.renew(session, item, ben.id, NOON + 2 * DAY)
    assert [one.member_id for one in voices.newest(session, [item.id])] == [ben.id]
    assert voices.count(session, [item.id]) == 1
