"""Removes the remains of deleted and changed rows from the tables in which people are erased."""

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from storage.engine import sqlite
from storage.engine.keys import Keys
from storage.privacy import erasure
from storage.schema.opening import Location, open_engines
from storage.values import frozen

PATIENCE = "30s"
"""How long PostgreSQL waits for a table that others use."""


@frozen
class Scrubbed:
    """The result of a scrub.

    Attributes:
        tables: how many tables were scrubbed.
        before: their size before, or the file's, in bytes.
        after: the same size now.
    """

    tables: int
    before: int
    after: int


def tables() -> list[Table]:
    """The tables with personal columns, in which an erasure deletes or blanks rows."""
    return [table for table in SQLModel.metadata.sorted_tables if erasure.personal_of(table)]


def scrub(location: Location, keys: Keys, *, full: bool) -> Scrubbed:
    """Remove the remains of deleted and changed rows.

    Args:
        full: whether to rewrite the tables, or the file; nobody else can use them meanwhile.

    Raises:
        StoreError: another program uses them, or there is no disk space.
    """
    return _scrub_file(location, keys, full) if location.file else _scrub_server(location, keys, full)


def _scrub_file(location: Location, keys: Keys, full: bool) -> Scrubbed:
    file = (location.file or location.key_file).resolve()
    before = file.stat().st_size
    if full:
        sqlite.compact(file, keys)
    else:
        sqlite.empty_log(file, keys)
    return Scrubbed(len(tables()), before, file.stat().st_size)


def _scrub_server(location: Location, keys: Keys, full: bool) -> Scrubbed:
    writing, reading = open_engines(location, keys)
    reading.dispose()
    try:
        # VACUUM cannot run in a transaction.
        with writing.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}'")
            before = _size(connection)
            for table in tables():
                connection.exec_driver_sql(f'VACUUM ({"FULL, " if full else ""}ANALYZE) "{table.name}"')
            return Scrubbed(len(tables()), before, _size(connection))
    finally:
        writing.dispose()


def _size(connection: Connection) -> int:
    sizes = (
        connection.exec_driver_sql("SELECT pg_total_relation_size(%s::regclass)", (f'"{table.name}"',)).scalar() or 0
        for table in tables()
    )
    return sum(sizes)
