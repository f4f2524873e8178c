"""Replaces the key of a database: on a copy of a SQLite file, in one transaction on PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage import migrations
from storage.engine import sqlite, succession
from storage.engine.errors import StoreBusy, StoreError, WrongKey, explain
from storage.engine.keys import Keys, flush_folder
from storage.engine.ownership import take_after
from storage.engine.unique import table_of
from storage.models import Installation
from storage.schema import renewal, verification
from storage.schema.opening import Location, load_keys, open_engines, opens, with_former
from storage.values import frozen

COPY = "rekeyed"
"""The suffix of the name of a SQLite file's copy under the new key."""
_OTHERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
Progress = Callable[[str, int, int], None]
"""Called with the present step in words, the number of rows done, and the total."""


@frozen
class Rekeyed:
    """The result of a rekey.

    Attributes:
        old_key: where the old key is kept.
        rows: how many rows were marked or sealed again, and verified.
        lost: how many sealed values were lost because the old key did not open them either.
    """

    old_key: Path | None
    rows: int
    lost: int


def rekey(location: Location, now: datetime, tell: Progress) -> Rekeyed:
    """Give a database a new key, and verify the result before it is used. The caller locks the database (`hold`).

    A crash at any instant leaves the database with a key that opens it: the old one, or the new one, which the next
    opening installs.

    Raises:
        StoreError: it cannot be done; the database and its key are as they were.
    """
    try:
        return _rekey(location, now, tell)
    except DBAPIError as error:
        raise explain(error) or StoreError(f"The key cannot be replaced ({error.orig}): it is as it was.") from error


def _rekey(location: Location, now: datetime, tell: Progress) -> Rekeyed:
    bare = load_keys(location)
    _require_revision(location, bare)
    new = succession.prepare(location.key_file)
    try:
        change = _change_file if location.file else _change_server
        rows, lost = change(location, bare, new, now, tell)
    except BaseException:
        # If the old key still opens the database, the new one is of no use. Otherwise, as when the connection was lost
        # during the commit, it is kept: the next opening tries it.
        if opens(location, bare):
            succession.coming(location.key_file).unlink(missing_ok=True)
        raise
    return Rekeyed(succession.install(location.key_file, bare), rows, lost.total())


def _change_file(location: Location, bare: Keys, new: Keys, now: datetime, tell: Progress) -> tuple[int, Counter[str]]:
    """Copy a SQLite file, encrypt the copy with the new key, verify it, and replace the file by it."""
    file = (location.file or Path()).resolve()
    copy = file.with_name(f"{file.name}.{COPY}")
    copy.unlink(missing_ok=True)
    try:
        with sqlite.exclusive(file, bare):
            tell("copying", 0, 1)
            sqlite.backup(file, copy, bare)
            sqlite.rekey(copy, bare, new)
            copied = Location(f"sqlite:///{copy}", location.key_file)
            with _disposed(sqlite.shared_reader(file, bare)) as before, _engine(copied, new) as after:
                done = _renew(before, after, bare, new, now, tell)
            tell("writing it anew", 0, 1)
            sqlite.finalise(copy, new)
            take_after(copy, file)
            copy.replace(file)
            flush_folder(file.parent)
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            copy.with_name(f"{copy.name}{rest}").unlink(missing_ok=True)
    return done


def _change_server(
    location: Location, bare: Keys, new: Keys, now: datetime, tell: Progress
) -> tuple[int, Counter[str]]:
    """Give a PostgreSQL database a new key in one transaction, which is verified before it is committed."""
    with _engine(location, bare) as engine:
        return _renew(engine, engine, bare, new, now, tell)


def _renew(
    before: Engine, after: Engine, bare: Keys, new: Keys, now: datetime, tell: Progress
) -> tuple[int, Counter[str]]:
    with after.begin() as changed:
        _refuse_others(changed)
        with before.connect() as was:
            old = with_former(bare, was.scalar(select(table_of(Installation).c.former)))
            own, total = new.succeed(old, now), renewal.total(was)
            lost = renewal.renew(changed, old, own, _counter("marking and sealing", total, tell))
            verification.compare(was, changed, old, own, lost, _counter("verifying", total, tell))
    return total, lost


def require_alone(connection: Connection) -> None:
    """Check that nobody else is connected to a PostgreSQL database.

    Raises:
        StoreBusy: somebody is.
    """
    others = connection.exec_driver_sql(_OTHERS).scalar() or 0
    if others:
        raise StoreBusy(f"Others are connected to this database ({others}): stop every Portevoix on it first.")


def _refuse_others(connection: Connection) -> None:
    """As `require_alone`, and lock the database against writes until the transaction ends."""
    if connection.dialect.name != "postgresql":
        return
    require_alone(connection)
    tables = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
    connection.exec_driver_sql(f"LOCK TABLE {tables} IN EXCLUSIVE MODE NOWAIT")


def _require_revision(location: Location, keys: Keys) -> None:
    with _engine(location, keys) as engine, engine.connect() as connection:
        if migrations.revision(connection) != migrations.head():
            raise StoreError("The database is not at this version's revision: run portevoix db upgrade first.")
        told = connection.scalar(select(table_of(Installation).c.key_mark))
        if told != renewal.fingerprint(keys):
            raise WrongKey(f"{location.key_file} is not the key of this database: set PORTEVOIX_KEY_FILE to its own.")


def _engine(location: Location, keys: Keys) -> AbstractContextManager[Engine]:
    """The engine for writes, disposed of at the end of the block."""
    writing, reading = open_engines(location, keys)
    reading.dispose()
    return _disposed(writing)


@contextmanager
def _disposed(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


def _counter(words: str, total: int, tell: Progress) -> Callable[[int], None]:
    done = [0]

    def advance(rows: int) -> None:
        done[0] += rows
        tell(words, done[0], total)

    return advance
