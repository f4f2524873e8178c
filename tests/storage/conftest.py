"""The store's tests run on both databases: encrypted SQLite, and PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from storage.engine.store import Store
from storage.schema.opening import Location, load_keys, open_engines, open_store
from tests.postgres import Server
from tests.storage.landed import past

__all__ = ["past"]

ENGINES = ["sqlite", "postgres"]
DATABASE = "portevoix"
T = TypeVar("T")


@pytest.fixture(scope="session")
def server(postgres: Server) -> Server:
    """The server, with the one database most tests share."""
    postgres.create(DATABASE)
    return postgres


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Location:
    """A migrated, empty SQLite database of this test's own."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return Location(f"sqlite:///{tmp_path}/pv.db", tmp_path / "pv.key")


@pytest.fixture(params=ENGINES)
def location(request: pytest.FixtureRequest) -> Iterator[Location]:
    """A migrated, empty database on each engine."""
    if request.param == "sqlite":
        found: Location = request.getfixturevalue("file")
        yield found
        return
    server: Server = request.getfixturevalue("server")
    yield server.location(DATABASE)
    _empty(server.location(DATABASE))


@pytest.fixture
def store(location: Location) -> Iterator[Store]:
    """A store on each engine, for tests whose callers meet."""
    opened = open_store(location)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("rolled-back")
    place = Location(f"sqlite:///{folder}/pv.db", folder / "pv.key")
    open_store(place).close()
    with _engine(place) as engine:
        yield engine


@pytest.fixture(scope="session")
def on_postgres(postgres: Server) -> Iterator[Engine]:
    with _engine(postgres.create("rolled_back")) as engine:
        yield engine


@pytest.fixture(params=ENGINES)
def writing(request: pytest.FixtureRequest) -> Engine:
    """A connection to a database of each kind that stays empty; both stay open, whatever order the tests are in."""
    engine: Engine = request.getfixturevalue(f"on_{request.param}")
    return engine


@pytest.fixture
def session(writing: Engine) -> Iterator[Session]:
    """One transaction on each engine, for tests of a query; nothing of it is kept."""
    with Session(writing) as session:
        yield session
        session.rollback()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock."""
    monkeypatch.setattr("storage.engine.sqlite.BUSY_SECONDS", 0.05)


@pytest.fixture
def refusal() -> Callable[[Callable[[], object], type[Exception]], str]:
    """Check that something is refused in one clear line, and give that line."""

    def refused(action: Callable[[], object], kind: type[Exception]) -> str:
        with pytest.raises(kind) as caught:
            action()
        line = str(caught.value)
        assert line
        assert "\n" not in line
        assert "Traceback" not in line
        return line

    return refused


@contextmanager
def _engine(location: Location) -> Iterator[Engine]:
    writing, reading = open_engines(location, load_keys(location))
    yield writing
    writing.dispose()
    reading.dispose()


def _empty(location: Location) -> None:
    """Take out all rows, and count from the start again: TRUNCATE, which makes new files, takes fifty times as long."""
    writing, reading = open_engines(location, load_keys(location))
    tables = (name for name in SQLModel.metadata.tables if name != "installation")
    with writing.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("; ".join(f'DELETE FROM "{name}"' for name in tables))  # noqa: S608 - our own tables
        connection.exec_driver_sql(
            "SELECT setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences"
        )
    writing.dispose()
    reading.dispose()
