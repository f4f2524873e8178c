"""Encrypted SQLite: connections with the key, the two engines, and a backup under the same key."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from storage.errors import StoreError, WrongKey
from storage.keys import Keys

BUSY_SECONDS = 5
PLAIN_HEADER = b"SQLite format 3\x00"


def connect(path: Path, keys: Keys) -> Any:
    """Open one connection with the key given raw: a passphrase would cost 100 ms a connection."""
    connection = sqlcipher.connect(str(path), timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{keys.root.hex()}'\"")
    return connection


def engines(path: Path, keys: Keys) -> tuple[Engine, Engine]:
    """The engines to write and to read with; only the writer's begins IMMEDIATE.

    Raises:
        StoreError: the file is locked, read-only, or not ours to open.
    """
    _refuse_plain(path)

    def prepared() -> Any:
        connection = connect(path, keys)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    writer = _engine(prepared, "BEGIN IMMEDIATE", 1)
    reader = _engine(prepared, "BEGIN", 4)
    return writer, reader


def backup(source: Path, target: Path, keys: Keys) -> None:
    """Copy a database while it is in use, under the same key.

    Raises:
        StoreError: the copy exists already.
    """
    if target.exists():
        raise StoreError(f"The backup {target} exists already: nothing was overwritten.")
    origin, copy = connect(source, keys), connect(target, keys)
    try:
        origin.backup(copy)
    finally:
        copy.close()
        origin.close()


def _engine(creator: Any, begin: str, size: int) -> Engine:
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=creator, poolclass=QueuePool, pool_size=size, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _refuse_plain(path: Path) -> None:
    """A readable SQLite file is somebody else's: never write into it."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder: set PORTEVOIX_DATABASE to a file, such as sqlite:///portevoix.db.")
    if path.exists() and _head(path) == PLAIN_HEADER:
        raise WrongKey(f"{path} is an unencrypted database, not one of Portevoix: set PORTEVOIX_DATABASE to another.")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEADER))
