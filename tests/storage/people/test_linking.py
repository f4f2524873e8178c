"""Two persons who are one: everything of the second's is the first's, and they count once, with a name and without."""

import pytest
from sqlmodel import Session, SQLModel, select

from storage.engine.keys import Keys
from storage.items import feedback
from storage.items.support import joins, supports
from storage.models import Community, Identity, Member, Membership, Question
from storage.people import communities, marks, members
from storage.privacy import erasure, linking
from storage.vocabulary import Decision
from tests.storage import rows
from tests.storage.people_of import wrong_counts
from tests.storage.rows import NOON

KEYS = Keys(b"k" * 32)


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


@pytest.fixture
def ada(session: Session) -> Member:
    return rows.person(session, "Ada", "discord")


@pytest.fixture
def ada_again(session: Session) -> Member:
    return rows.person(session, "Ada", "telegram")


def test_no_row_names_the_second_any_more(session: Session, plaza: Community, ada: Member, ada_again: Member) -> None:
    ben = rows.person(session, "Ben")
    first, theirs = rows.item(session, plaza, ada_again), rows.item(session, plaza, ben)
    supports.toggle_follow(session, theirs, ada_again.id, NOON)
    communities.join(session, ada_again.id, plaza.id)
    session.add(
        Question(
            community_id=plaza.id,
            asker_id=ada_again.id,
            text="where",
            plain="where",
            language="en",
            decision=Decision.SILENT,
            score=0.0,
            asked_at=NOON,
        )
    )
    second = ada_again.id
    linking.merge(session, ada.id, second)
    tables = {table: erasure.owners(table) for table in SQLModel.metadata.sorted_tables}
    for table, columns in tables.items():
        for column in columns:
            assert not session.execute(select(table).where(column == second)).first(), str(column)  # type: ignore[call-overload]
    session.refresh(first)
    assert first.author_id == ada.id
    assert supports.follows(session, theirs, ada.id)
    assert session.get(Member, second, populate_existing=True) is None
    assert members.id_of(session, "telegram", "Ada-account") == ada.id
    assert session.exec(select(Membership.member_id).where(Membership.community_id == plaza.id)).all() == [ada.id]


def test_each_support_counts_once(session: Session, plaza: Community, ada: Member, ada_again: Member) -> None:
    ben = rows.person(session, "Ben")
    bench, seat, hers = rows.item(session, plaza, ben), rows.item(session, plaza, ben), rows.item(session, plaza, ada)
    for one in (ada, ada_again):
        supports.toggle(session, bench, one.id, NOON)
    supports.toggle(session, seat, ada_again.id, NOON)
    supports.toggle(session, hers, ada_again.id, NOON)
    joins.join(session, rows.item(session, plaza, ada_again), bench, None, NOON)
    assert supports.total(session, bench) == 2
    linking.merge(session, ada.id, ada_again.id)
    assert [supports.total(session, one) for one in (bench, seat, hers)] == [1, 1, 0]
    assert wrong_counts(session) == {}


def test_what_has_no_name_is_found_and_stays_unlinked(
    session: Session, plaza: Community, ada: Member, ada_again: Member
) -> None:
    written = [
        rows.item(session, plaza, author_hash=marks.mark(KEYS, plaza.id, one.id, NOON)) for one in (ada, ada_again)
    ]
    before = [one.author_hash for one in written]
    linking.merge(session, ada.id, ada_again.id)
    session.expire_all()
    assert [one.author_hash for one in written] == before
    theirs = marks.of_person(KEYS, plaza, ada.id, session.get_one(Member, ada.id), NOON)
    assert {one.id for one in feedback.of_author(session, plaza.id, ada.id, theirs)} == {one.id for one in written}


def test_former_numbers_are_kept_of_each_merge(session: Session, ada: Member, ada_again: Member) -> None:
    third = rows.person(session, "Ada", "web")
    second, last = ada_again.id, third.id
    linking.merge(session, second, last)
    linking.merge(session, ada.id, second)
    assert set(marks.former_of(session.get_one(Member, ada.id).former)) == {second, last}


def test_an_account_leaves_with_its_communities_alone(
    session: Session, plaza: Community, ada: Member, ada_again: Member
) -> None:
    communities.join(session, ada.id, plaza.id)
    item = rows.item(session, plaza, ada_again)
    linking.merge(session, ada.id, ada_again.id)
    account = session.exec(select(Identity).where(Identity.platform == "telegram")).one()
    new = linking.part(session, account, NOON.date())
    session.refresh(item)
    assert item.author_id == ada.id
    assert new not in (ada.id, ada_again.id)
    assert members.id_of(session, "telegram", "Ada-account") == new
    assert len(session.exec(select(Membership).where(Membership.community_id == plaza.id)).all()) == 2
