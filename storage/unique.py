"""Rows that a unique key lets in once: of two who insert at the same time, one wins and the other is told."""

from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Row = TypeVar("Row", bound=SQLModel)
Insert = sqlite.Insert | postgresql.Insert


def insert(session: Session, table: type[SQLModel]) -> Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_once(session: Session, row: Row) -> Row | None:
    """Store a row unless one with the same unique key is there.

    Returns:
        The row as stored, or None when another was there first, also when it is being written right now.
    """
    table = type(row)
    given = {attribute.key: getattr(row, attribute.key) for attribute in inspect(table).column_attrs}
    values = {name: value for name, value in given.items() if value is not None}
    return session.scalars(insert(session, table).values(values).on_conflict_do_nothing().returning(table)).first()
