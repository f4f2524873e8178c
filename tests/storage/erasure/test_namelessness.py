"""The contract of a nameless item: a mark that counts, an address that is sealed, and no author anywhere."""

from typing import Any

import pytest
from sqlalchemy import Table
from sqlmodel import Session, SQLModel

from storage.engine.errors import WrongKey
from storage.engine.keys import Keys
from storage.engine.unique import table_of
from storage.items import addresses, feedback
from storage.models import Community, Feedback, Member
from storage.vocabulary import Status
from tests.storage import rows
from tests.storage.rows import NOON

KEYS, OTHER_KEYS = Keys(b"k" * 32), Keys(b"o" * 32)
ADDRESS = b'["bare", "Shy-account"]'


@pytest.fixture
def plaza(session: Session) -> Community:
    return rows.community(session)


NAME = "Shy Violet"
"""Too long to be in a sealed value by chance."""


@pytest.fixture
def shy(session: Session) -> Member:
    # Others first, so that this person's number is not one that anything may have.
    for number in range(40):
        rows.person(session, f"Other {number}")
    return rows.person(session, NAME)


def file(session: Session, where: Community, who: Member) -> Feedback:
    item = rows.item(session, where, author_hash=KEYS.mark(where.id, who.id))
    addresses.keep(session, item.id, KEYS.seal(ADDRESS))
    session.flush()
    return item


def mentions(session: Session, table: Table, needle: object) -> bool:
    found = session.connection().execute(table.select()).all()
    return any(value == needle or (isinstance(needle, str) and needle in str(value)) for row in found for value in row)


def test_no_table_but_their_own_knows_the_author(session: Session, plaza: Community, shy: Member) -> None:
    item = file(session, plaza, shy)
    feedback.change_status(session, item, Status.PLANNED, None, "", NOON)
    for table in SQLModel.metadata.sorted_tables:
        if table.name in {"member", "identity"}:
            continue
        assert not mentions(session, table, shy.id), table.name
        assert not mentions(session, table, NAME), table.name


def test_the_same_look_finds_the_author_of_a_named_item(session: Session, plaza: Community, shy: Member) -> None:
    rows.item(session, plaza, shy)
    knowing = {table.name for table in SQLModel.metadata.sorted_tables if mentions(session, table, shy.id)}
    assert knowing == {"member", "identity", "feedback", "history"}


def test_what_is_stored_of_two_nameless_items_ties_them_to_a_mark_alone(
    session: Session, plaza: Community, shy: Member
) -> None:
    other = rows.community(session, "other")
    here, again, there = file(session, plaza, shy), file(session, plaza, shy), file(session, other, shy)
    (entry,) = feedback.history(session, here.id)
    assert entry.actor_id is None
    # The mark counts one person in a community, and joins nothing across them.
    assert here.author_hash == again.author_hash
    assert here.author_hash != there.author_hash
    # It cannot be worked out without the key.
    guesses = {OTHER_KEYS.mark(plaza.id, member_id) for member_id in range(1, 100)}
    assert here.author_hash not in guesses
    assert here.author_hash == KEYS.mark(plaza.id, shy.id)
    assert addresses.find(session, here.id) != addresses.find(session, again.id)


def test_the_address_opens_with_the_key_alone_and_is_forgotten_on_request(
    session: Session, plaza: Community, shy: Member
) -> None:
    item = file(session, plaza, shy)
    sealed = addresses.find(session, item.id)
    assert sealed is not None
    assert ADDRESS not in sealed
    assert KEYS.unseal(sealed) == ADDRESS
    with pytest.raises(WrongKey):
        OTHER_KEYS.unseal(sealed)
    addresses.drop(session, item.id)
    assert addresses.find(session, item.id) is None


def test_a_newcomer_is_remembered_by_day_so_that_no_instant_joins_them_to_an_item() -> None:
    columns: Any = table_of(Member).columns
    assert [str(column.type) for column in columns if column.name == "first_seen"] == ["DATE"]
    assert not [column.name for column in columns if "TIME" in str(column.type).upper()]
