"""A database as it was when the first tables landed, with something in each.

`*.sql` were written by the code of then (commit eef80a2): three people talked to the bot on each engine, and the rows
were dumped as they lay. The tables of PostgreSQL are made by the first migration, which never changes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import inspect, select, text
from sqlalchemy import table as sql_table

from storage import migrations
from storage.engine import sqlite
from storage.engine.keys import Keys
from storage.schema.opening import Location, load_keys, open_engines, open_store
from tests.postgres import Server

KEY = "5b" * 32
"""The key of then: without it the file does not open, and no mark in it fits anybody."""
HERE = Path(__file__).parent
Rows = dict[str, list[dict[str, Any]]]
Migrated = tuple[Location, Rows, Rows]
Past = Callable[[str], Migrated]


@pytest.fixture(params=["sqlite", "postgres"])
def landed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """The database of then, on each engine."""
    yield make(request, request.param, tmp_path, "landed")
    if request.param == "postgres":
        request.getfixturevalue("postgres").drop("landed")


@pytest.fixture(scope="session")
def past(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """By engine, the database of then after every migration, which nobody changes, and its rows on both sides."""

    @cache
    def migrated(engine: str) -> Migrated:
        place = make(request, engine, tmp_path_factory.mktemp("migrated"), "migrated")
        before = every_row(place)
        open_store(place).close()
        return place, before, every_row(place)

    return migrated


@contextmanager
def copied(request: pytest.FixtureRequest, past: Past, folder: Path, name: str) -> Iterator[Location]:
    """A copy of it, for a fixture whose parameter is the engine; a server calls it by this name."""
    source = past(request.param)[0]
    key_file = folder / source.key_file.name
    key_file.write_bytes(source.key_file.read_bytes())
    if source.file:
        (folder / source.file.name).write_bytes(source.file.read_bytes())
        yield Location(f"sqlite:///{folder}/{source.file.name}", key_file)
        return
    server: Server = request.getfixturevalue("postgres")
    server.create(name, like="migrated")
    yield Location(server.url(name), key_file)
    server.drop(name)


def every_row(place: Location) -> Rows:
    """Every row as the driver gives it, whatever the code of today thinks the tables are."""
    engine = open_engines(place, load_keys(place))[0]
    with engine.connect() as connection:
        found = {
            table: [dict(row) for row in connection.execute(select(text("*")).select_from(sql_table(table))).mappings()]
            for table in inspect(connection).get_table_names()
        }
    engine.dispose()
    return {table: sorted(rows, key=str) for table, rows in found.items()}


def make(request: pytest.FixtureRequest, engine: str, folder: Path, name: str) -> Location:
    """Make the database of then on an engine; a server calls it by this name."""
    key_file = folder / "landed.key"
    key_file.write_text(f"{KEY}\n", "ascii")
    if engine == "sqlite":
        return _in_file(Location(f"sqlite:///{folder}/landed.db", key_file))
    server: Server = request.getfixturevalue("postgres")
    server.create(name, empty=True)
    return _on_server(Location(server.url(name), key_file))


def _in_file(place: Location) -> Location:
    assert place.file
    connection = sqlite.connect(place.file, Keys(bytes.fromhex(KEY)))
    connection.executescript((HERE / "sqlite.sql").read_text("utf-8"))
    connection.close()
    return place


def _on_server(place: Location) -> Location:
    writing = open_engines(place, load_keys(place))[0]
    with writing.begin() as connection:
        command.upgrade(migrations.settings(connection), "0001")
        driver: Any = connection.connection.driver_connection
        driver.execute((HERE / "postgres.sql").read_text("utf-8"))
    writing.dispose()
    return place
