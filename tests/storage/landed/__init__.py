"""A database as it was when the first tables landed, with something in each.

`*.sql` were written by the code of then (commit eef80a2): three people talked to the bot on each engine, and the rows
were dumped as they lay. The tables of PostgreSQL are made by the first migration, which never changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command

from storage import migrations
from storage.engine import sqlite
from storage.engine.keys import Keys
from storage.schema.opening import Location, load_keys, open_engines
from tests.postgres import Server

KEY = "5b" * 32
"""The key of then: without it the file does not open, and no mark in it fits anybody."""
HERE = Path(__file__).parent


@pytest.fixture(params=["sqlite", "postgres"])
def landed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """The database of then, on each engine."""
    with landing(request, tmp_path, "landed") as place:
        yield place


@contextmanager
def landing(request: pytest.FixtureRequest, folder: Path, name: str) -> Iterator[Location]:
    """The same for fixtures of another scope, whose parameter is the engine; a server calls it by this name."""
    key_file = folder / "landed.key"
    key_file.write_text(f"{KEY}\n", "ascii")
    if request.param == "sqlite":
        yield _in_file(Location(f"sqlite:///{folder}/landed.db", key_file))
        return
    server: Server = request.getfixturevalue("postgres")
    server.create(name, empty=True)
    yield _on_server(Location(server.url(name), key_file))
    server.drop(name)


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
