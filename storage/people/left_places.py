"""Stores since when the bot is removed from places, and erases their data once it stays away."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Executable, Select, Table, bindparam, or_
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlmodel import Session, SQLModel, col, delete, select, update

from storage.engine.listing import among, listed
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Card, Community, Feedback, Member, Membership, Outbox, Place, Question, Screen
from storage.vocabulary import Delivery


def leave(session: Session, place_ids: Collection[int], now: datetime) -> int:
    """Record that the bot was removed from places; an earlier removal is kept. Returns the number of places changed."""
    return len(_leave.all(session, {"places": listed(place_ids), "now": now})) if place_ids else 0


def come_back(session: Session, place_ids: Collection[int]) -> int:
    """Record that the bot is in places again. Returns the number of places it had been removed from."""
    return len(_come_back.all(session, {"places": listed(place_ids)})) if place_ids else 0


def away(session: Session, place_ids: Collection[int]) -> list[int]:
    """The places among these that the bot was removed from."""
    return [own for (own,) in _away.rows(session, {"places": listed(place_ids)})] if place_ids else []


def left(session: Session, before: datetime) -> list[Place]:
    """The places that the bot was removed from before an instant and has not returned to."""
    return _left.all(session, {"before": before})


def is_last(session: Session, place: Place) -> bool:
    """Whether a community has no other place."""
    others = select(Place.id).where(Place.community_id == place.community_id, Place.id != place.id)
    return session.exec(others).first() is None


def drop(session: Session, place_id: int, before: datetime) -> bool:
    """Delete a place and the unsent messages to it, unless the bot is there again.

    Args:
        before: the instant before which the bot must have been removed.

    Returns:
        Whether it was deleted.
    """
    place = session.get(Place, place_id, with_for_update=True, populate_existing=True)
    if place is None or place.left_at is None or place.left_at >= before:
        return False
    here = col(Outbox.place_id) == place_id
    session.exec(delete(Outbox).where(here, col(Outbox.state) != Delivery.SENT))
    session.exec(update(Outbox).where(here).values(place_id=None))
    session.exec(delete(Card).where(col(Card.place_id) == place_id))
    session.exec(delete(Screen).where(col(Screen.place_id) == place_id))
    session.delete(place)
    session.flush()
    return True


def people(session: Session, community_id: int) -> list[int]:
    """The ids of the members of a community and of people with named items or questions there."""
    used = (
        sa_select(col(Membership.member_id)).where(col(Membership.community_id) == community_id),
        sa_select(col(Feedback.author_id)).where(col(Feedback.community_id) == community_id),
        sa_select(col(Question.asker_id)).where(col(Question.community_id) == community_id),
    )
    found = {member_id for query in used for member_id in session.execute(query.distinct()).scalars()}
    return sorted(member_id for member_id in found if member_id is not None)


def erase_community(session: Session, community_id: int) -> None:
    """Delete a community and its rows in every table. People stay, since they may be members of other communities."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table is table_of(Member):
            chosen = table.c.community_id == community_id
            session.connection().execute(table.update().where(chosen).values(community_id=None))
        elif whose := _of_community(table, community_id):
            session.connection().execute(table.delete().where(or_(*whose)))
    session.exec(delete(Community).where(col(Community.id) == community_id))
    session.expire_all()


def _of_community(table: Table, community_id: int) -> list[ColumnElement[bool]]:
    """The conditions for the rows of a table that belong to a community, directly or through a referenced row."""
    if "community_id" in table.c:
        return [table.c.community_id == community_id]
    return [
        column.in_(sa_select(owned.c.id).where(owned.c.community_id == community_id))
        for column in table.columns
        for owned in _owned_by_community(column)
    ]


def _owned_by_community(column: "Column[object]") -> list[Table]:
    """The tables that a foreign key refers to whose rows have a community."""
    tables = [key.column.table for key in column.foreign_keys]
    return [table for table in tables if "community_id" in table.c and table is not table_of(Member)]


# Run at each start and with every sweep: built once, since building a statement takes longer than running it.
@loaded(Place, anew=True)
def _come_back(dialect: str) -> Executable:
    theirs = (among(dialect, col(Place.id), "places"), col(Place.left_at).is_not(None))
    return sa_update(Place).where(*theirs).values(left_at=None).returning(Place)


@loaded(Place, anew=True)
def _leave(dialect: str) -> Executable:
    theirs = (among(dialect, col(Place.id), "places"), col(Place.left_at).is_(None))
    return sa_update(Place).where(*theirs).values(left_at=bindparam("now")).returning(Place)


@prepared()
def _away(dialect: str) -> Select[int]:
    return sa_select(col(Place.id)).where(among(dialect, col(Place.id), "places"), col(Place.left_at).is_not(None))


@loaded(Place)
def _left(_: str) -> Select[Place]:
    return sa_select(Place).where(col(Place.left_at) < bindparam("before")).order_by(col(Place.id))
