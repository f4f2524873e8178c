"""Opens a store: finds the key, refuses what is not ours, migrates after a backup."""

from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from storage import keys as keyring
from storage import migrations, sqlite
from storage.errors import StoreBusy, StoreError, explain
from storage.keys import Keys
from storage.store import Store


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
        try:
            url = make_url(self.url)
        except ArgumentError as error:
            raise StoreError(_ADDRESS) from error
        if url.get_backend_name() == "postgresql":
            return None
        if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
            raise StoreError(_ADDRESS)
        return Path(url.database).expanduser()


_ADDRESS = "PORTEVOIX_DATABASE must read sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."


def open_store(location: Location) -> Store:
    """Open the store, creating it when there is none.

    Raises:
        StoreError: one line that names the mend; nothing was overwritten.
    """
    keys = load_keys(location)
    writing, reading = open_engines(location, keys)
    try:
        migrations.upgrade(writing, location.file, keys)
    except DBAPIError as error:
        raise explain(error) or StoreError(f"The database cannot be opened: {error.orig}") from error
    return Store(writing, reading, keys)


def is_new(location: Location) -> bool:
    """Whether opening this location would create a database file."""
    return location.file is not None and not _has_data(location.file)


def load_keys(location: Location) -> Keys:
    """The key of a location; made on first use, never when data already waits for another one.

    Raises:
        WrongKey: the data exists and its key does not.
    """
    if location.key_file.exists() or (location.file and _has_data(location.file)):
        return keyring.load(location.key_file)
    return keyring.create(location.key_file)


def open_engines(location: Location, keys: Keys) -> tuple[Engine, Engine]:
    """The engines to write and to read with."""
    if location.file is None:
        url = make_url(location.url).set(drivername="postgresql+psycopg")
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        return engine, engine
    try:
        location.file.parent.mkdir(parents=True, exist_ok=True)
        return sqlite.engines(location.file, keys)
    except OSError as error:
        raise StoreError(f"{location.file} cannot be opened ({error.strerror}): check PORTEVOIX_DATABASE.") from error


def hold(location: Location) -> FileLock | None:
    """Claim a SQLite file for one running bot; on PostgreSQL any number may run.

    Raises:
        StoreBusy: another bot runs on it.
    """
    if location.file is None:
        return None
    location.file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{location.file}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreBusy(f"Another Portevoix already runs on {location.file}: stop it first.") from error
    return lock


def _has_data(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0
