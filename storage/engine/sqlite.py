"""Encrypted SQLite (SQLCipher): connections, engines, backup, and rewriting a file."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from storage.engine.errors import StoreBusy, StoreError, StoreReadOnly, WrongKey, explain
from storage.engine.keys import Keys

BUSY_SECONDS = 5
"""How long to wait for another connection's lock."""
CACHED_STATEMENTS = 1_000
"""The size of the driver's statement cache, more than a connection ever runs. In a full cache each new statement evicts
the one before it, so that a message's statements are parsed each time, which is two thirds of their cost."""
SMALLEST = 512
"""The bytes of the smallest database: one page of the smallest page size."""
PLAIN_HEADER = b"SQLite format 3\x00"
"""The first bytes of an unencrypted database."""


def connect(path: Path, keys: Keys) -> Any:
    """Open a connection with the raw key; deriving a key from a passphrase would take 100 ms for each connection."""
    how = {"timeout": BUSY_SECONDS, "cached_statements": CACHED_STATEMENTS}
    connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None, **how)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{keys.root.hex()}'\"")
    return connection


def engines(path: Path, keys: Keys) -> tuple[Engine, Engine]:
    """The engine for writes, which begins transactions IMMEDIATE, and the engine for reads, which refuses writes."""

    def writing() -> Any:
        return _prepare(connect(path, keys))

    def reading() -> Any:
        connection = _prepare(connect(path, keys))
        connection.execute("PRAGMA query_only = ON")
        return connection

    return _engine(writing, "BEGIN IMMEDIATE", 1), _engine(reading, "BEGIN", 4)


def shared_reader(path: Path, keys: Keys) -> Engine:
    """An engine for reads that leaves the journal mode as it is, so that it works beside an `exclusive` connection."""

    def watching() -> Any:
        connection = connect(path, keys)
        connection.execute("PRAGMA query_only = ON")
        return connection

    return _engine(watching, "BEGIN", 1)


def refuse_foreign(path: Path) -> None:
    """Check that what exists at a path may be an encrypted database, and is writable, before SQLite opens it.

    A path where nothing exists passes.

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
        # SQLite takes a file of one byte for an empty database, and overwrites it.
        raise WrongKey(f"{path} is not a Portevoix database: set PORTEVOIX_DATABASE to another file.")
    if not os.access(path, os.W_OK):
        # SQLite opens it all the same; only the first write would fail.
        raise StoreReadOnly(f"{path} is read-only: let this user write the file and its folder.")


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be rebuilt: foreign keys are off, and checked before the commit.

    With foreign keys on, dropping the old table would delete or refuse the rows that refer to it. SQLite can switch
    them only outside a transaction. `legacy_alter_table` lets a table be renamed although a trigger names the dropped
    one.

    Raises:
        StoreError: a row refers to one that does not exist; the transaction is rolled back.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("PRAGMA legacy_alter_table = ON")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken:
                    raise StoreError(f"The migration would break links of table {broken[0]}: nothing was changed.")
        finally:
            driver.execute("PRAGMA legacy_alter_table = OFF")
            driver.execute("PRAGMA foreign_keys = ON")


def backup(source: Path, target: Path, keys: Keys) -> None:
    """Copy a database, which may be in use, to a new file under the same key. A failed copy is removed.

    Raises:
        StoreError: the target exists already, or the copy cannot be made.
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


def copy_of(file: Path, to: Path) -> None:
    """Copy a file that nobody writes to, and flush the copy to disk; a failed copy is removed.

    Raises:
        OSError: the copy cannot be made.
    """
    try:
        shutil.copyfile(file, to)
        with to.open("rb") as made:
            os.fsync(made.fileno())
    except OSError:
        to.unlink(missing_ok=True)
        raise


def compact(path: Path, keys: Keys) -> None:
    """Rewrite a database file and empty its write-ahead log, so that no erased data stays in free pages.

    Raises:
        StoreError: another program has locked it, or there is no disk space for the rewritten file.
    """
    connection = _prepare(connect(path, keys))
    try:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlcipher.Error as error:
        raise explain(error) or StoreError(f"The database could not be written anew: {error}.") from error
    finally:
        connection.close()


def empty_log(path: Path, keys: Keys) -> None:
    """Empty the write-ahead log of a database that others may use, since it contains pages from before an erasure.

    Raises:
        StoreBusy: a reader still uses an older snapshot.
    """
    connection = _prepare(connect(path, keys))
    try:
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlcipher.Error as error:
        raise explain(error) or StoreError(f"The log could not be emptied: {error}.") from error
    finally:
        connection.close()
    if int(busy):
        raise StoreBusy("Another program reads an older state of the database: try again in a moment.")


@contextmanager
def exclusive(path: Path, keys: Keys) -> Iterator[None]:
    """Hold a database's write lock for the block, after checking that no other connection is open; its log is emptied.

    Raises:
        StoreBusy: another program uses it.
    """
    connection = connect(path, keys)
    try:
        # Fails while others are connected, and leaves no write-ahead log that a new file of this name could pick up.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        yield
    except sqlcipher.Error as error:
        raise explain(error) or StoreError(f"The database cannot be used alone: {error}.") from error
    finally:
        connection.close()


def rekey(path: Path, old: Keys, new: Keys) -> None:
    """Encrypt a database that is not in use with another key.

    Raises:
        StoreError: there is no disk space for it.
    """
    connection = connect(path, old)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA rekey = \"x'{new.root.hex()}'\"")
    except sqlcipher.Error as error:
        raise explain(error) or StoreError(f"The database could not be encrypted anew: {error}.") from error
    finally:
        connection.close()


def finalise(path: Path, keys: Keys) -> None:
    """Rewrite a database, check it, remove its write-ahead log and flush it to disk, so that the file can be moved.

    Raises:
        StoreError: it is damaged, or there is no disk space for the rewritten file.
    """
    compact(path, keys)
    connection = connect(path, keys)
    try:
        found = faults(connection)
    finally:
        connection.close()
    if found:
        raise StoreError(f"The copy {path} is damaged ({found[0]}): nothing was changed.")
    end_log(path, keys)


def end_log(path: Path, keys: Keys) -> None:
    """Remove the write-ahead log of a database, so that its file is complete by itself, and flush it to disk."""
    connection = connect(path, keys)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def faults(connection: Any) -> list[str]:
    """The findings of SQLCipher's and SQLite's integrity checks, and foreign keys to rows that do not exist.

    Raises:
        WrongKey: the key does not open it.
    """
    try:
        return _faults(connection)
    except sqlcipher.DatabaseError as error:
        if isinstance(known := explain(error), WrongKey):
            raise known from error
        return [str(error)]


def _faults(connection: Any) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"broken link in table {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
    # SQLite reports many pages in one finding, each on its own line.
    return [" ".join(fault.split()) for fault in found[:5]]


def _prepare(connection: Any) -> Any:
    _enable_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _enable_wal(connection: Any) -> None:
    """Switch to a write-ahead log, with retries: SQLite ignores its busy timeout when two connections do so at once."""
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
