"""Erases a person by what the tables declare: rows deleted, values blanked, totals kept."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, LargeBinary, Table, false, or_
from sqlmodel import Session, SQLModel, col, select

from storage import addresses
from storage.columns import Erase, Personal, declaration
from storage.models import Feedback, History, Member, Outbox, Prompt
from storage.vocabulary import Delivery

ITEM = "feedback_id"
TABLES = (addresses.SealedAddress,)
"""Imported so that every table is known when this one is."""


def erase_person(session: Session, member_id: int, marks: Collection[str]) -> list[Feedback]:
    """Erase all that is held about a person; numbers, counts and statuses of their items stay.

    Args:
        marks: the keyed marks of their nameless items and prompts, which no column ties to them.

    Returns:
        The feedback items that were blanked.
    """
    # Held until the end: what this person does at the same time waits, then finds nobody.
    session.get(Member, member_id, with_for_update=True)
    written = (col(Feedback.author_id) == member_id) | col(Feedback.author_hash).in_(list(marks))
    blanked = list(session.exec(select(Feedback).where(written).order_by(col(Feedback.id))))
    theirs = select(col(Feedback.id)).where(written)
    _erase_news(session, table_of(History).c[ITEM].in_(theirs), table_of(Outbox).c[ITEM].in_(theirs))
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table is table_of(Feedback):
            _erase(session, table, written)
        elif owners(table):
            _erase(session, table, or_(false(), *(column == member_id for column in owners(table))))
        elif ITEM in table.c:
            _erase(session, table, table.c[ITEM].in_(theirs))
    session.connection().execute(table_of(Prompt).delete().where(table_of(Prompt).c.holder.in_(list(marks))))
    session.connection().execute(table_of(Member).delete().where(table_of(Member).c.id == member_id))
    return blanked


def personal_columns() -> list[tuple[Table, "Column[Any]", Personal]]:
    """Every column that holds personal data, in the order of the tables."""
    return [
        (table, column, mark)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(mark := declaration(column), Personal)
    ]


def owners(table: Table) -> list["Column[Any]"]:
    """The columns that tie a table's rows to a person."""
    return [column for owner, column, mark in personal_columns() if owner is table and mark.owner]


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    found: Table = SQLModel.metadata.tables[str(model.__tablename__)]
    return found


def _erase_news(session: Session, history: ColumnElement[bool], outbox: ColumnElement[bool]) -> None:
    """What others wrote and were about to be told about the items: reasons may repeat their words."""
    session.connection().execute(table_of(History).update().where(history).values(note=""))
    waiting = table_of(Outbox).c.state == Delivery.WAITING
    session.connection().execute(table_of(Outbox).delete().where(outbox, waiting))


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
