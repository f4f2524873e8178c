"""Encrypted SQLite: connections with the key, the two engines, and a backup under the same key."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from storage.engine.errors import StoreError, StoreReadOnly, WrongKey, explain
from storage.engine.keys import Keys

BUSY_SECONDS = 5
SMALLEST = 512
"""Bytes of the smallest page a database can have."""
PLAIN_HEADER = b"SQLite format 3\x00"


def connect(path: Path, keys: Keys) -> Any:
    """Open one connection with the key given raw: a passphrase would cost 100 ms a connection."""
    connection = sqlcipher.connect(str(path), timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{keys.root.hex()}'\"")
    return connection


def engines(path: Path, keys: Keys) -> tuple[Engine, Engine]:
    """The engines to write and to read with; only the writer's begins IMMEDIATE, and the reader's refuses to write."""

    def writing() -> Any:
        return _prepare(connect(path, keys))

    def reading() -> Any:
        connection = _prepare(connect(path, keys))
        connection.execute("PRAGMA query_only = ON")
        return connection

    return _engine(writing, "BEGIN IMMEDIATE", 1), _engine(reading, "BEGIN", 4)


def refuse_foreign(path: Path) -> None:
    """Refuse what is plainly not an encrypted database we may write; a readable SQLite file is somebody else's.

    Raises:
        StoreError: it is a folder, a short file, an unencrypted database, or read-only.
    """
    if path.is_dir():
        raise StoreError(f"{path} is a folder: set PORTEVOIX_DATABASE to a file, such as sqlite:///portevoix.db.")
    if not path.exists():
        return
    if _head(path) == PLAIN_HEADER:
        raise WrongKey(f"{path} is an unencrypted database, not one of Portevoix: set PORTEVOIX_DATABASE to another.")
    if 0 < path.stat().st_size < SMALLEST:
        # SQLite takes a file of one byte for an empty one, and writes over it.
        raise WrongKey(f"{path} is not a Portevoix database: set PORTEVOIX_DATABASE to another file.")
    if not os.access(path, os.W_OK):
        # SQLite opens it all the same, and only the first write would tell.
        raise StoreReadOnly(f"{path} is read-only: let this user write the file and its folder.")


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A transaction that may rebuild tables: dropping the old one must not reach the rows that point to it.

    SQLite checks foreign keys again before the end, and cannot switch them inside a transaction.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken:
                    raise StoreError(f"The migration would break links of table {broken[0]}: nothing was changed.")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def backup(source: Path, target: Path, keys: Keys) -> None:
    """Copy a database while it is in use, under the same key. A copy that fails leaves nothing behind.

    Raises:
        StoreError: the copy exists already, or cannot be made.
    """
    if target.exists():
        raise StoreError(f"The backup {target} exists already: nothing was overwritten.")
    origin, copy = connect(source, keys), connect(target, keys)
    try:
        origin.backup(copy)
    except sqlcipher.Error as error:
        target.unlink(missing_ok=True)
        raise explain(error) or StoreError(f"The backup {target} could not be made: {error}.") from error
    finally:
        copy.close()
        origin.close()


def compact(path: Path, keys: Keys) -> None:
    """Write a database anew and empty its log: nothing of what was erased stays in a gap.

    Raises:
        StoreError: another program holds it, or there is no room for the copy.
    """
    connection = _prepare(connect(path, keys))
    try:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlcipher.Error as error:
        raise explain(error) or StoreError(f"The database could not be written anew: {error}.") from error
    finally:
        connection.close()


def _prepare(connection: Any) -> Any:
    _keep_log(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _keep_log(connection: Any) -> None:
    """Switch to a write-ahead log; of two who open a new file at once SQLite refuses one here without waiting."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlcipher.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                connection.close()
                raise
            time.sleep(0.01)
        else:
            return


def _engine(creator: Any, begin: str, size: int) -> Engine:
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=creator, poolclass=QueuePool, pool_size=size, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEADER))
