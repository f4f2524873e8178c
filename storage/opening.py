"""Opens a store: finds the key, refuses what is not ours, migrates after a backup."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from storage import migrations
from storage.engine import keys as keyring
from storage.engine import sqlite
from storage.engine.errors import StoreBusy, StoreError, StoreReadOnly, WrongKey, explain
from storage.engine.keys import Keys
from storage.engine.store import Store
from storage.engine.unique import insert_once
from storage.models import Installation

PATIENCE = 10
"""Seconds to wait for a PostgreSQL server to answer."""
_ADDRESS = "PORTEVOIX_DATABASE must read sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."


@dataclass(frozen=True, slots=True)
class Location:
    """Where the data is and where its key is.

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
            StoreError: the address is neither.
        """
        url = self._parsed()
        if url.get_backend_name() == "postgresql":
            return None
        if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
            raise StoreError(_ADDRESS)
        return Path(url.database).expanduser()

    @property
    def server(self) -> URL:
        """The address of a PostgreSQL database, for the driver we use."""
        return self._parsed().set(drivername="postgresql+psycopg")

    def _parsed(self) -> URL:
        try:
            return make_url(self.url)
        except (ArgumentError, ValueError):
            # The cause is left out: it may quote the address, and with it a password.
            raise StoreError(_ADDRESS) from None


def open_store(location: Location) -> Store:
    """Open the store, creating it when there is none.

    Raises:
        StoreError: one line that names the mend; nothing was overwritten.
    """
    keys = load_keys(location)
    writing, reading = open_engines(location, keys)
    try:
        migrations.upgrade(writing, location.file, keys)
        _match(writing, location, keys)
    except BaseException as error:
        writing.dispose()
        reading.dispose()
        if isinstance(error, DBAPIError):
            raise _clear(error) from error
        raise
    return Store(writing, reading, keys)


def is_new(location: Location) -> bool:
    """Whether opening this location would create a database file."""
    return location.file is not None and not _has_data(location.file)


def load_keys(location: Location) -> Keys:
    """The key of a location; made on first use, never when data already waits for another one.

    Raises:
        WrongKey: the data exists and its key does not.
        StoreError: what is there is not a database of ours.
    """
    if location.file:
        _refuse_nowhere(location.file)
        with _reaching(location.file):
            sqlite.refuse_foreign(location.file)
    with _reaching(location.key_file, "PORTEVOIX_KEY_FILE"):
        known = location.key_file.exists()
    if known or (location.file and _has_data(location.file)):
        return keyring.load(location.key_file)
    return keyring.create(location.key_file)


def open_engines(location: Location, keys: Keys) -> tuple[Engine, Engine]:
    """The engines to write and to read with."""
    if location.file is None:
        patience = {"connect_timeout": PATIENCE}
        engine = create_engine(location.server, pool_pre_ping=True, hide_parameters=True, connect_args=patience)
        return engine, engine.execution_options(postgresql_readonly=True)
    return sqlite.engines(location.file, keys)


def hold(location: Location) -> FileLock | None:
    """Claim a SQLite file for one running bot; on PostgreSQL any number may run.

    Raises:
        StoreBusy: another bot runs on it.
        StoreReadOnly: its folder is not there, or may not be written.
    """
    if location.file is None:
        return None
    _refuse_nowhere(location.file)
    with _reaching(location.file):
        file = location.file.resolve()
        lock = FileLock(file.with_name(f"{file.name}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreBusy(f"Another Portevoix already runs on {location.file}: stop it first.") from error
    return lock


def _match(engine: Engine, location: Location, keys: Keys) -> None:
    """Refuse another key than the one this database's marks and seals were made with."""
    mark = keys.fingerprint("installation")
    with Session(engine) as session, session.begin():
        known = session.get(Installation, 1)
        if known is None:
            insert_once(session, Installation(key_mark=mark))
            known = session.get_one(Installation, 1)
        if known.key_mark != mark:
            raise WrongKey(f"{location.key_file} is not the key of this database: set PORTEVOIX_KEY_FILE to its own.")


def _clear(error: DBAPIError) -> StoreError:
    """A line an operator can act on, whatever the driver said."""
    said = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return explain(error) or StoreError(f"The database cannot be opened: {said[0]}")


@contextmanager
def _reaching(path: Path, setting: str = "PORTEVOIX_DATABASE") -> Iterator[None]:
    """Turn what the file system refuses into a line an operator can act on."""
    try:
        yield
    except OSError as error:
        raise StoreReadOnly(
            f"{path} cannot be used ({error.strerror}): check {setting} and who may write it."
        ) from error


def _refuse_nowhere(file: Path) -> None:
    """Refuse a folder that is not there: it is more likely a slip, or a disk not mounted, than a new installation."""
    with _reaching(file):
        if not file.parent.is_dir():
            folder = file.parent.absolute()
            raise StoreReadOnly(f"There is no folder {folder}: make it, or set PORTEVOIX_DATABASE to another file.")


def _has_data(file: Path) -> bool:
    with _reaching(file):
        return file.exists() and file.stat().st_size > 0
