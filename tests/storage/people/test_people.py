"""Members, supports and follows: each person once."""

from datetime import date

import pytest
from sqlmodel import Session, func, select

from storage.items.support import supports
from storage.models import Community, Feedback, Identity, Member, Support
from storage.people import members
from tests.storage import rows
from tests.storage.rows import NOON

TODAY = date(2026, 3, 4)


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def item(session: Session, plaza: Community) -> Feedback:
    return rows.item(session, plaza, rows.person(session, "Author"))


def test_a_person_is_met_once_and_keeps_the_name_of_today(session: Session) -> None:
    first = members.resolve(session, "bare", "1", "Camille", TODAY, "fr")
    again = members.resolve(session, "bare", "1", "Camille D.", TODAY)
    assert again.id == first.id
    assert members.names(session, {first.id}) == {first.id: "Camille D."}
    assert members.languages(session, first.id) == (None, "fr"), "a locale not told is not forgotten"


def test_the_same_account_number_on_another_platform_is_somebody_else(session: Session) -> None:
    here, there = rows.person(session, platform="bare"), rows.person(session, platform="web")
    assert here.id != there.id
    assert members.find(session, "web", "Camille-account") == there
    assert members.find(session, "discord", "Camille-account") is None


def test_the_chosen_language_comes_before_the_platform_s(session: Session) -> None:
    member = members.resolve(session, "bare", "1", "Camille", TODAY, "en")
    member.language = "fr"
    session.flush()
    assert members.languages(session, member.id) == ("fr", "en")
    assert members.languages(session, 999) == (None, None)


def test_a_person_is_reached_where_they_were_met_last_among_the_platforms_that_run(session: Session) -> None:
    member = rows.person(session, platform="bare")
    session.add(Identity(member_id=member.id, platform="web", external_id="w", name="Cam"))
    session.flush()
    both, one = members.address(session, member.id, ["bare", "web"]), members.address(session, member.id, ["bare"])
    assert both is not None
    assert one is not None
    assert (both.platform, one.platform) == ("web", "bare")
    assert members.address(session, member.id, ["discord"]) is None
    assert members.names(session, {member.id}) == {member.id: "Cam"}
    assert members.names(session, set()) == {}


def test_support_counts_each_person_once_beside_what_was_imported(session: Session, plaza: Community) -> None:
    item = rows.item(session, plaza, base_support=5)
    camille, sam = rows.person(session, "Camille"), rows.person(session, "Sam")
    assert supports.total(session, item) == 5
    assert supports.toggle(session, item, camille.id, NOON)
    assert supports.toggle(session, item, sam.id, NOON)
    assert supports.total(session, item) == 7
    assert not supports.toggle(session, item, camille.id, NOON)
    assert supports.total(session, item) == 6
    assert session.exec(select(Support.member_id)).all() == [sam.id]


def test_the_kept_total_is_always_what_the_rows_add_up_to(session: Session, plaza: Community) -> None:
    items = [rows.item(session, plaza, base_support=number) for number in range(3)]
    people = [rows.person(session, f"Person {number}") for number in range(4)]
    for step in range(40):
        supports.toggle(session, items[step % 3], people[(step * step) % 4].id, NOON)
    here = select(func.count()).select_from(Support)
    for item in items:
        total = item.base_support + session.exec(here.where(Support.feedback_id == item.id)).one()
        assert supports.total(session, item) == total
        session.refresh(item)
        assert item.support == total


def test_following_is_switched_on_and_off_and_counts_as_no_support(session: Session, item: Feedback) -> None:
    camille = rows.person(session)
    assert supports.toggle_follow(session, item, camille.id, NOON)
    assert supports.total(session, item) == 0
    assert camille.id in supports.concerned(session, item)
    assert not supports.toggle_follow(session, item, camille.id, NOON)
    assert camille.id not in supports.concerned(session, item)


def test_everyone_concerned_hears_once(session: Session, item: Feedback) -> None:
    both, author = rows.person(session, "Both"), session.get_one(Member, item.author_id)
    supports.toggle(session, item, both.id, NOON)
    supports.toggle_follow(session, item, both.id, NOON)
    assert supports.concerned(session, item) == sorted([author.id, both.id])


def test_a_nameless_author_is_not_among_those_concerned(session: Session, plaza: Community) -> None:
    assert supports.concerned(session, rows.item(session, plaza, author_hash="mark")) == []
