"""Merges two members who are the same person, and splits an account off again.

Nameless items are found by marks of the member id that a person had when they sent them (`storage.people.marks`). So
the former ids are kept, and no nameless row is changed or linked to anybody.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel, col, delete, select

from storage.engine.loading import one_by_id
from storage.engine.unique import table_of
from storage.items.support import groups
from storage.models import Feedback, Follow, Identity, Member, Membership, Support, Voice
from storage.privacy import erasure, tallies

ABOUT_ITEMS = (Support, Follow, Voice)
"""Tables in which nobody has a row for an item of their own."""


def hold(session: Session, *member_ids: int) -> bool:
    """Lock the accounts of members until the transaction ends; return whether all of them still exist."""
    return all(erasure.hold(session, one) for one in sorted(member_ids))


def merge(session: Session, kept_id: int, other_id: int) -> None:
    """Merge the second member into the first; where both supported the same, they count once. Both must be locked."""
    kept, other = one_by_id(session, Member, kept_id), one_by_id(session, Member, other_id)
    touched = _items(session, kept_id, other_id)
    groups.lock(session, touched)
    for table in SQLModel.metadata.sorted_tables:
        for column in erasure.owners(table):
            _move(session, table, column, kept_id, other_id)
    _drop_own(session, kept_id)
    kept.former = " ".join(filter(None, (kept.former, f"{other.id}:{other.first_seen.isoformat()}", other.former)))
    kept.codes += 1
    kept.language, kept.community_id = kept.language or other.language, kept.community_id or other.community_id
    session.add(kept)
    session.flush()
    session.connection().execute(table_of(Member).delete().where(table_of(Member).c.id == other_id))
    tallies.recount(session, touched)


def part(session: Session, identity: Identity, today: date) -> int:
    """Split one of a member's accounts off as a new member of the same communities; all data stays with the old member.

    Returns:
        The new member's id.
    """
    old = one_by_id(session, Member, identity.member_id)
    new = Member(first_seen=today, language=old.language, community_id=old.community_id)
    session.add(new)
    session.flush()
    for one in session.exec(select(Membership).where(Membership.member_id == old.id)).all():
        session.add(Membership(member_id=new.id, community_id=one.community_id, invited=one.invited))
    identity.member_id = new.id
    session.add(identity)
    session.flush()
    return new.id


def accounts(session: Session, member_id: int) -> list[Identity]:
    """The accounts of a person, oldest first."""
    return list(session.exec(select(Identity).where(Identity.member_id == member_id).order_by(col(Identity.id))))


def _items(session: Session, *member_ids: int) -> list[int]:
    """The items these people wrote or support, with all items of their groups."""
    wrote = sa_select(col(Feedback.id)).where(col(Feedback.author_id).in_(member_ids))
    likes = sa_select(col(Support.feedback_id)).where(col(Support.member_id).in_(member_ids))
    return tallies.members(session, session.execute(wrote.union(likes)).scalars().all())


def _move(session: Session, table: Table, column: "Column[Any]", kept_id: int, other_id: int) -> None:
    """Move a table's rows from one member to another; where both have one for the same thing, one is deleted."""
    connection, twin = session.connection(), table.alias("twin")
    for same in _same(table, column):
        equal = [table.c[one.name] == twin.c[one.name] for one in same]
        double = sa_select(twin.c[column.name]).where(twin.c[column.name] == kept_id, *equal).exists()
        connection.execute(table.delete().where(column == other_id, double))
    connection.execute(table.update().where(column == other_id).values({column.name: kept_id}))


def _same(table: Table, column: "Column[Any]") -> Iterator[Sequence["Column[Any]"]]:
    """For each unique key that contains a column, its other columns."""
    keys = [one for one in table.constraints if isinstance(one, UniqueConstraint)] + [table.primary_key]
    for key in keys:
        if column.name in key.columns:
            yield [one for one in key.columns if one.name != column.name]


def _drop_own(session: Session, member_id: int) -> None:
    """Delete a person's support and follow rows for items of their own, as they are the author already."""
    mine = select(Feedback.id).where(Feedback.author_id == member_id)
    for table in ABOUT_ITEMS:
        session.exec(delete(table).where(col(table.member_id) == member_id, col(table.feedback_id).in_(mine)))
