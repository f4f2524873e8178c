"""Inserts rows, always or unless their unique key exists."""

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sqlalchemy import Insert as CoreInsert
from sqlalchemy import Table, func
from sqlalchemy import insert as core_insert
from sqlalchemy import select as core_select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel

from storage.engine.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Row = TypeVar("Row", bound=SQLModel)
Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    found: Table = SQLModel.metadata.tables[str(model.__tablename__)]
    return found


def add_row(session: Session, row: Row) -> Row:
    """Insert a new row at once, with a prepared statement, and set its id.

    For rows written with every message: the session's unit of work takes four times as long for a single row.
    """
    values = {name: row.__dict__.get(name) for name in _columns(type(row))}
    row.id = _insert(type(row)).value(session, values)
    make_transient_to_detached(row)
    session.add(row)
    return row


def insert(session: Session, table: type[SQLModel]) -> Insert:
    """An INSERT that supports ON CONFLICT, in the dialect of the session's database."""
    return insert_in(session.get_bind().dialect.name, table)


def insert_in(dialect: str, table: type[SQLModel]) -> Insert:
    """An INSERT that supports ON CONFLICT, in a dialect given by name."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 3 MiB and 40 ms that SQLite does not need

        return postgresql.insert(table_of(table))
    return sqlite.insert(table_of(table))


def insert_once(session: Session, row: Row) -> Row | None:
    """Insert a row unless one with the same unique key exists (ON CONFLICT DO NOTHING).

    Returns:
        This row as stored, or None when the key exists; one that a concurrent transaction is inserting is waited for.
    """
    names = _columns(type(row)) if row.__dict__.get("id") is None else _all_columns(type(row))
    stored = _insert_once(type(row), names).rows(session, {name: row.__dict__.get(name) for name in names})
    if not stored:
        return None
    for name, value in zip(_all_columns(type(row)), stored[0], strict=True):
        set_committed_value(row, name, value)
    make_transient_to_detached(row)
    session.add(row)
    return row


def put(session: Session, model: type[SQLModel], **values: Any) -> int:
    """Insert a row and return its id, without a model object, which takes longer to make than the row to write.

    Args:
        values: by column; other columns get the model's defaults, and the id is the next one.
    """
    row = {**defaults(model), **values}
    if values.get("id") is None:
        return int(_insert(model).value(session, row))
    _insert_whole(model).rows(session, row)
    return int(row["id"])


def put_once(session: Session, model: type[SQLModel], **values: Any) -> bool:
    """Insert a row unless one with the same unique key exists; return whether it was. Arguments as for `put`."""
    return bool(_insert_once(model, _columns(model)).rows(session, {**defaults(model), **values}))


def counted_insert(dialect: str, table: type[SQLModel]) -> CoreInsert:
    """An INSERT whose row gets the next positive id.

    SQLite by itself continues from the highest id. In a table with only drawn ids, which are negative, that would be
    the neighbour of a nameless row's id, and reveal which row the new one was written after.
    """
    own = table_of(table)
    if dialect == "postgresql":
        return core_insert(own)
    highest = core_select(func.max(own.c.id)).where(own.c.id > 0).scalar_subquery()
    return core_insert(own).values(id=func.coalesce(highest, 0) + 1)


@cache
def _insert(model: type[SQLModel]) -> Prepared:
    table = table_of(model)
    counts = table.dialect_options["sqlite"]["autoincrement"]

    def build(dialect: str) -> CoreInsert:
        made = core_insert(table) if counts else counted_insert(dialect, model)
        return made.returning(table.c.id)

    return Prepared(build, _columns(model))


@cache
def _insert_once(model: type[SQLModel], names: tuple[str, ...]) -> Prepared:
    def build(dialect: str) -> Insert:
        own = table_of(model)
        return insert_in(dialect, model).on_conflict_do_nothing().returning(*own.columns)  # type: ignore[return-value]

    return Prepared(build, names)


@cache
def _insert_whole(model: type[SQLModel]) -> Prepared:
    return Prepared(lambda _: core_insert(table_of(model)), _all_columns(model))


@cache
def defaults(model: type[SQLModel]) -> dict[str, Any]:
    """The default values of a model's columns, without the id."""
    fields = model.model_fields
    return {name: None if fields[name].is_required() else fields[name].default for name in _columns(model)}


@cache
def _columns(model: type[SQLModel]) -> tuple[str, ...]:
    return tuple(name for name in _all_columns(model) if name != "id")


@cache
def _all_columns(model: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(model).columns)
