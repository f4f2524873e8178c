"""Stores blocks: that the author with a keyed mark may not file feedback in a community until an instant."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select, update

from storage.engine import listing
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert_once, table_of
from storage.models import Block

MOST = 20
"""The most blocks listed."""


class ActiveBlock(NamedTuple):
    """A person's block that has not ended; of several, the longest."""

    id: int
    number: int
    until: datetime
    reason: str
    appealed: bool


def add(
    session: Session, community_id: int, number: int, mark: str, until: datetime, reason: str, today: date
) -> datetime:
    """Block an item's author. An existing block from the item is prolonged, never shortened, and may be appealed again.

    Returns:
        When the block ends.
    """
    rows = _of_item(session, community_id, number)
    if not rows:
        new = Block(community_id=community_id, number=number, mark=mark, until=until, reason=reason, created_on=today)
        insert_once(session, new)
        rows = _of_item(session, community_id, number)
    for row in rows:
        row.until, row.reason, row.appealed = max(row.until, until), reason, False
        session.add(row)
    session.flush()
    return rows[0].until


def active(
    session: Session, community_id: int, marks: Callable[[], Collection[str]], now: datetime
) -> ActiveBlock | None:
    """The longest active block of a person; None when they are not blocked.

    Args:
        marks: computes the person's keyed marks; called only if somebody is blocked in the community.
    """
    here = {"community_id": community_id, "now": now}
    if not _has_any.value(session, here):
        return None
    found = session.execute(_active(), {**here, "marks": list(marks())}).first()
    return ActiveBlock(*found) if found else None


def of_item(session: Session, community_id: int, number: int, now: datetime) -> Block | None:
    """The active block that an item led to; None when there is none."""
    return next((row for row in _of_item(session, community_id, number) if row.until > now), None)


def listed(session: Session, community_id: int, now: datetime) -> list[Block]:
    """The active blocks of a community, by the number of the item; at most the newest `MOST`."""
    query = select(Block).where(Block.community_id == community_id, Block.until > now)
    rows = session.exec(query.order_by(col(Block.number).desc()).limit(MOST))
    return list({row.number: row for row in rows}.values())


def appeal(session: Session, community_id: int, number: int) -> None:
    """Store that the blocked person has appealed."""
    session.exec(_here(update(Block), community_id, number).values(appealed=True))


def lift(session: Session, community_id: int, number: int) -> None:
    """Delete the block that an item led to."""
    session.exec(_here(delete(Block), community_id, number))


def rekey(session: Session, community_id: int, marks: Collection[str], others: Collection[str]) -> int:
    """Move the blocks of some of a person's marks to other marks of theirs; return the number of blocks."""
    rows = _of_marks.all(session, {"community_id": community_id, "marks": listing.listed(marks)})
    for row in rows:
        for other in others:
            insert_once(session, Block(**{**row.model_dump(exclude={"id"}), "mark": other}))
        session.delete(row)
    session.flush()
    return len(rows)


def _of_item(session: Session, community_id: int, number: int) -> list[Block]:
    query = select(Block).where(Block.community_id == community_id, Block.number == number)
    return list(session.exec(query.order_by(col(Block.id)).execution_options(populate_existing=True)))


def _here(statement: Any, community_id: int, number: int) -> Any:
    return statement.where(col(Block.community_id) == community_id, col(Block.number) == number)


# Run with every filing: built once, since building a statement takes longer than running it.
@prepared()
def _has_any(_: str) -> Select[Any]:
    # Without LIMIT: bound as a parameter, it makes SQLite parse the statement again each time.
    return sa_select(sa_select(table_of(Block).c.id).where(*_stands()).exists())


@cache
def _active() -> Select[Any]:
    columns = table_of(Block).c
    theirs = columns.mark.in_(bindparam("marks", expanding=True))
    found = sa_select(*(columns[name] for name in ActiveBlock._fields)).where(*_stands(), theirs)
    return found.order_by(columns.until.desc(), columns.id).limit(1)


def _stands() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    columns = table_of(Block).c
    return columns.community_id == bindparam("community_id"), columns.until > bindparam("now")


@loaded(Block)
def _of_marks(dialect: str) -> Select[Block]:
    here = col(Block.community_id) == bindparam("community_id")
    return sa_select(Block).where(here, listing.among(dialect, col(Block.mark), "marks"))
