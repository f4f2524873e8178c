"""Opens a store: loads or creates its key, checks that the database belongs to Portevoix, and migrates it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL, Engine, create_engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from storage import migrations
from storage.engine import keys as keyring
from storage.engine import sqlite, succession
from storage.engine.errors import StoreBusy, StoreError, StoreReadOnly, WrongKey, explain
from storage.engine.former import Former
from storage.engine.keys import Keys
from storage.engine.store import Store
from storage.engine.unique import insert_once
from storage.models import Installation
from storage.values import frozen

PATIENCE = 10
"""Seconds to wait for a PostgreSQL server to answer."""
_ADDRESS = "PORTEVOIX_DATABASE must read sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."


@frozen
class Location:
    """The address of a database and the path of its key file.

    Attributes:
        url: `sqlite:///FILE` or `postgresql://…`.
        key_file: the key, kept apart from the data.
    """

    url: str
    key_file: Path

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL.

        Raises:
            StoreError: the address is neither of SQLite nor of PostgreSQL.
        """
        url = self._parsed()
        if url.get_backend_name() == "postgresql":
            return None
        if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
            raise StoreError(_ADDRESS)
        return Path(url.database).expanduser()

    @property
    def server(self) -> URL:
        """The address of a PostgreSQL database, with psycopg as the driver."""
        return self._parsed().set(drivername="postgresql+psycopg")

    def _parsed(self) -> URL:
        try:
            return make_url(self.url)
        except (ArgumentError, ValueError):
            # Without the cause, which may quote the address with its password.
            raise StoreError(_ADDRESS) from None


def open_store(location: Location) -> Store:
    """Open the store. Creates the database and its key when there are none, and migrates an older database.

    Raises:
        StoreError: it cannot be opened; nothing was overwritten.
    """
    keys = load_keys(location)
    writing, reading = open_engines(location, keys)
    try:
        migrations.upgrade(writing, location.file, keys)
        keys = _check_key(writing, location, keys)
    except BaseException as error:
        writing.dispose()
        reading.dispose()
        if isinstance(error, DBAPIError):
            raise _store_error(error) from error
        raise
    return Store(writing, reading, keys)


def is_new(location: Location) -> bool:
    """Whether opening this location would create a database file."""
    return location.file is not None and not _has_data(location.file)


def is_made(location: Location) -> bool:
    """Whether there is a database with its key at a location; assumed when the server does not answer."""
    if location.file is not None:
        return not is_new(location)
    if not location.key_file.exists():
        return False
    engine = create_engine(location.server, connect_args={"connect_timeout": PATIENCE})
    try:
        return inspect(engine).has_table(str(Installation.__tablename__))
    except DBAPIError:
        return True
    finally:
        engine.dispose()


def load_keys(location: Location) -> Keys:
    """The key of a location, created if there is neither a key nor a database file, on PostgreSQL if there is no key.

    Raises:
        WrongKey: the database file exists and its key does not, or the file is not an encrypted database.
        StoreError: a file cannot be used.
    """
    if location.file:
        _check_folder(location.file)
        with _file_errors(location.file):
            sqlite.refuse_foreign(location.file)
    with _file_errors(location.key_file, "PORTEVOIX_KEY_FILE"):
        succession.complete(location.key_file, lambda keys: opens(location, keys))
        known = location.key_file.exists()
    if known or (location.file and _has_data(location.file)):
        return keyring.load(location.key_file)
    return keyring.create(location.key_file)


def opens(location: Location, keys: Keys) -> bool:
    """Whether a key is that of a database; False also when there is no database or it has no tables yet."""
    if is_new(location):
        return False
    writing, reading = open_engines(location, keys)
    try:
        with reading.connect() as connection:
            found = connection.exec_driver_sql("SELECT key_mark FROM installation").scalar()
    except DBAPIError:
        return False
    finally:
        writing.dispose()
        reading.dispose()
    return bool(found == keys.fingerprint("installation"))


def with_former(keys: Keys, sealed: bytes | None) -> Keys:
    """A key with the secrets of its predecessors, which its database stores sealed."""
    return Keys(keys.root, Former.load(keys.unseal(sealed))) if sealed else keys


def open_engines(location: Location, keys: Keys) -> tuple[Engine, Engine]:
    """The engine for writes and the engine for reads, which refuses writes."""
    if location.file is None:
        patience = {"connect_timeout": PATIENCE}
        engine = create_engine(location.server, pool_pre_ping=True, hide_parameters=True, connect_args=patience)
        return engine, engine.execution_options(postgresql_readonly=True)
    return sqlite.engines(location.file, keys)


def hold(location: Location) -> FileLock | None:
    """Lock a SQLite file for one running bot, until the lock is released; None on PostgreSQL, which several may use.

    Raises:
        StoreBusy: another bot has locked it.
        StoreReadOnly: its folder does not exist or is not writable.
    """
    if location.file is None:
        return None
    _check_folder(location.file)
    with _file_errors(location.file):
        file = location.file.resolve()
        lock = FileLock(file.with_name(f"{file.name}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreBusy(f"Another Portevoix already runs on {location.file}: stop it first.") from error
    return lock


def _check_key(engine: Engine, location: Location, keys: Keys) -> Keys:
    """Check the key against the fingerprint in the database; in a new database, store the fingerprint.

    Returns:
        The key, with the secrets of its predecessors.

    Raises:
        WrongKey: they differ.
    """
    mark = keys.fingerprint("installation")
    with Session(engine) as session, session.begin():
        known = session.get(Installation, 1)
        if known is None:
            insert_once(session, Installation(key_mark=mark))
            known = session.get_one(Installation, 1)
        if known.key_mark != mark:
            raise WrongKey(f"{location.key_file} is not the key of this database: set PORTEVOIX_KEY_FILE to its own.")
        return with_former(keys, known.former)


def _store_error(error: DBAPIError) -> StoreError:
    """The store error for a driver's error at opening; the message quotes an unknown one."""
    said = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return explain(error) or StoreError(f"The database cannot be opened: {said[0]}")


@contextmanager
def _file_errors(path: Path, setting: str = "PORTEVOIX_DATABASE") -> Iterator[None]:
    """Raise errors of the file system as `StoreReadOnly`, naming the setting to check."""
    try:
        yield
    except OSError as error:
        raise StoreReadOnly(
            f"{path} cannot be used ({error.strerror}): check {setting} and who may write it."
        ) from error


def _check_folder(file: Path) -> None:
    """Raise `StoreReadOnly` if a file's folder is missing; not created, as it may be a typo or an unmounted disk."""
    with _file_errors(file):
        if not file.parent.is_dir():
            folder = file.parent.absolute()
            raise StoreReadOnly(f"There is no folder {folder}: make it, or set PORTEVOIX_DATABASE to another file.")


def _has_data(file: Path) -> bool:
    with _file_errors(file):
        return file.exists() and file.stat().st_size > 0
