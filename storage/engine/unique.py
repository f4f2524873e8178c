"""Rows stored at once: new ones, and ones that a unique key lets in once."""

from functools import cache
from typing import TypeVar

from sqlalchemy import Table, inspect
from sqlalchemy import insert as core_insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, SQLModel

from storage.engine.prepared import Prepared

Row = TypeVar("Row", bound=SQLModel)
Insert = sqlite.Insert | postgresql.Insert


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    found: Table = SQLModel.metadata.tables[str(model.__tablename__)]
    return found


def add_row(session: Session, row: Row) -> Row:
    """Store a new row now, and give it its id: for what is written with every message.

    The session's unit of work, made for many rows that depend on each other, takes four times as long for one.
    """
    values = {name: row.__dict__.get(name) for name in _columns(type(row))}
    row.id = _insert(type(row)).value(session, values)
    make_transient_to_detached(row)
    session.add(row)
    return row


def insert(session: Session, table: type[SQLModel]) -> Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    return insert_in(session.get_bind().dialect.name, table)


def insert_in(dialect: str, table: type[SQLModel]) -> Insert:
    """An INSERT that knows ON CONFLICT, in a dialect."""
    return postgresql.insert(table_of(table)) if dialect == "postgresql" else sqlite.insert(table_of(table))


def insert_once(session: Session, row: Row) -> Row | None:
    """Store a row unless one with the same unique key is there.

    Returns:
        The row as stored, or None when another was there first, also when it is being written right now.
    """
    table = type(row)
    given = {attribute.key: getattr(row, attribute.key) for attribute in inspect(table).column_attrs}
    values = {name: value for name, value in given.items() if value is not None}
    query = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return session.scalars(query(table).values(values).on_conflict_do_nothing().returning(table)).first()


@cache
def _insert(model: type[SQLModel]) -> Prepared:
    table = table_of(model)
    return Prepared(lambda _: core_insert(table).returning(table.c.id), _columns(model))


@cache
def _columns(model: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(model).columns if column.name != "id")
