"""Erases a person by what the tables declare: rows deleted, values blanked, totals kept."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, LargeBinary, Table
from sqlmodel import Session, SQLModel, col, select

from storage import addresses
from storage.columns import Erase, Personal, declaration
from storage.models import Feedback, Member, Outbox
from storage.vocabulary import Delivery

ITEM = "feedback_id"
TABLES = (addresses.SealedAddress,)
"""Imported so that every table is known when this one is."""


def erase_person(session: Session, member_id: int, marks: Iterable[str]) -> list[Feedback]:
    """Erase all that is held about a person; numbers, counts and statuses of their items stay.

    Args:
        marks: the keyed marks of their nameless items, which no column ties to them.

    Returns:
        The feedback items that were blanked.
    """
    written = (col(Feedback.author_id) == member_id) | col(Feedback.author_hash).in_(list(marks))
    blanked = list(session.exec(select(Feedback).where(written)))
    items = [item.id for item in blanked]
    for table in reversed(SQLModel.metadata.sorted_tables):
        for column in _owners(table):
            _erase(session, table, column == member_id)
        if ITEM in table.c and not _owners(table):
            _erase(session, table, table.c[ITEM].in_(items))
    _erase(session, _table(Feedback), _table(Feedback).c.id.in_(items))
    news = (_table(Outbox).c[ITEM].in_(items), _table(Outbox).c.state == Delivery.WAITING)
    session.connection().execute(_table(Outbox).delete().where(*news))
    session.connection().execute(_table(Member).delete().where(_table(Member).c.id == member_id))
    return blanked


def personal_columns() -> list[tuple[Table, "Column[Any]", Personal]]:
    """Every column that holds personal data, in the order of the tables."""
    return [
        (table, column, mark)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(mark := declaration(column), Personal)
    ]


def _erase(session: Session, table: Table, whose: ColumnElement[bool]) -> None:
    """Delete the rows if any of their columns asks for it, else blank every personal column."""
    marks = {column: mark for owner, column, mark in personal_columns() if owner is table}
    if any(mark.erase is Erase.ROW for mark in marks.values()):
        session.connection().execute(table.delete().where(whose))
    elif marks:
        blank = {column.name: None if column.nullable else _empty(column) for column in marks}
        session.connection().execute(table.update().where(whose).values(**blank))


def _empty(column: "Column[Any]") -> Any:
    if isinstance(column.type, JSON):
        return {}
    return b"" if isinstance(column.type, LargeBinary) else ""


def _owners(table: Table) -> list["Column[Any]"]:
    return [column for owner, column, mark in personal_columns() if owner is table and mark.owner]


def _table(model: type[SQLModel]) -> Table:
    found: Table = SQLModel.metadata.tables[str(model.__tablename__)]
    return found
