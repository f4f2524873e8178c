"""Examines a whole database: its pages and foreign keys, revision, key, stored totals, and sealed values."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from storage import migrations
from storage.engine import sqlite
from storage.engine.errors import StoreError, WrongKey, explain
from storage.engine.keys import Keys
from storage.engine.unique import table_of
from storage.models import Feedback, Installation, Support
from storage.schema import renewal
from storage.schema.renewal import SEALED
from storage.values import frozen

_INVALID = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready)"
_UNCHECKED = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
_INDEXES = """SELECT i.indexrelid::regclass::text FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.amname = 'btree' AND n.nspname = current_schema()"""
UNREAD = "The server's pages were not read: the extension amcheck is not installed there."


@frozen
class Examined:
    """The result of an examination.

    Attributes:
        faults: each fault with what to do about it; empty for a sound database.
        rows: the number of rows by table.
        unread: what could not be examined, with the reason.
    """

    faults: tuple[str, ...]
    rows: dict[str, int]
    unread: tuple[str, ...] = ()


def examine(connection: Connection, keys: Keys, *, older: bool = False) -> Examined:
    """Examine a database without changing it.

    Args:
        older: whether an older revision is allowed, as in a backup; of an older one only the pages are read.
    """
    if damage := [f"The database is damaged: {fault}. Go back to a backup." for fault in _damage(connection)]:
        return Examined(tuple(damage), {})
    if fault := _wrong_revision(connection, older=older):
        return Examined((fault,), {})
    unread = () if connection.dialect.name == "sqlite" or _has_amcheck(connection) else (UNREAD,)
    if migrations.revision(connection) != migrations.head():
        return Examined(tuple(_wrong_key(connection, keys)), {}, unread)
    faults = (*_wrong_key(connection, keys), *_wrong_totals(connection), *_closed_seals(connection, keys))
    return Examined(faults, dict(renewal.counts(connection)), unread)


def examine_file(file: Path, keys: Keys) -> Examined:
    """Examine a copy of a SQLite database, of any revision this version can read."""
    engine = sqlite.shared_reader(file, keys)
    try:
        with engine.connect() as connection:
            return examine(connection, keys, older=True)
    except (DBAPIError, WrongKey) as error:
        return Examined((str(explain(error) or "It cannot be read."),), {})
    finally:
        engine.dispose()


def require_sound(file: Path, keys: Keys, source: Path | None = None) -> Examined:
    """Examine a copy of a SQLite database, and raise if it has faults.

    Args:
        source: the file it was copied from, to be named in the message.

    Raises:
        StoreError: it has faults.
    """
    found = examine_file(file, keys)
    if found.faults:
        raise StoreError(f"{source or file} is no sound copy: {found.faults[0]}")
    return found


def _damage(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        return sqlite.faults(connection.connection.driver_connection)
    found = [f"index {row[0]} is not valid" for row in connection.exec_driver_sql(_INVALID)]
    found += [f"constraint {row[0]} was never checked" for row in connection.exec_driver_sql(_UNCHECKED)]
    return found + (list(_broken_indexes(connection)) if _has_amcheck(connection) else [])


def _has_amcheck(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'").scalar())


def _broken_indexes(connection: Connection) -> Iterator[str]:
    """Messages about indexes that do not match their tables, found with amcheck."""
    for (name,) in connection.exec_driver_sql(_INDEXES).all():
        try:
            with connection.begin_nested():
                connection.exec_driver_sql("SELECT bt_index_check(%s::regclass, true)", (name,))
        except DBAPIError as error:
            yield " ".join(str(error.orig).split())


def _wrong_revision(connection: Connection, *, older: bool) -> str:
    current, needed = migrations.revision(connection), migrations.head()
    if current == needed or (older and current and migrations.is_older(current)):
        return ""
    return f"The database is at revision {current} and this version needs {needed}: run portevoix db upgrade."


def _wrong_key(connection: Connection, keys: Keys) -> Iterator[str]:
    known = connection.scalar(select(table_of(Installation).c.key_mark))
    if known not in (None, renewal.fingerprint(keys)):
        yield "The key is not that of this database: set PORTEVOIX_KEY_FILE to its own."


def _wrong_totals(connection: Connection) -> Iterator[str]:
    """Messages about items whose stored support differs from `base_support` plus their supporters' rows.

    Targets of joined items are left out, since rows of the joined items count for them, too.
    """
    item, support = table_of(Feedback).c, table_of(Support).c
    counted = select(func.count()).where(support.feedback_id == item.id).scalar_subquery()
    query = select(func.count()).select_from(table_of(Feedback)).where(item.support != item.base_support + counted)
    other = table_of(Feedback).alias("other")
    query = query.where(~select(other.c.id).where(other.c.joined_to == item.id).exists())
    if wrong := connection.scalar(query):
        yield f"The support of {wrong} items is not the number of their supporters: please report this line."


def _closed_seals(connection: Connection, keys: Keys) -> Iterator[str]:
    for table in renewal.keyed_tables():
        rows = (row for page in renewal.pages(connection, table) for row in page if row.get(SEALED))
        closed = sum(not _opens(keys, row[SEALED]) for row in rows)
        if closed:
            yield f"{closed} sealed addresses of table {table.name} do not open with this key: bring its own back."


def _opens(keys: Keys, sealed: bytes) -> bool:
    try:
        keys.unseal(sealed)
    except WrongKey:
        return False
    return True
