"""Looking after a database on PostgreSQL: a new key, traces cleared, and a check."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.schema.opening import Location, load_keys, open_engines
from tests.cli.conftest import Shell
from tests.postgres import Server, postgres

__all__ = ["postgres"]


@pytest.fixture
def served(shell: Shell, postgres: Server, tmp_path: Path) -> Iterator[Shell]:
    place = postgres.create("upkeep")
    key = tmp_path / "server.key"
    shutil.copy(place.key_file, key)
    own = Shell(shell.home, {"PORTEVOIX_DATABASE": place.url, "PORTEVOIX_KEY_FILE": str(key)})
    rows = tmp_path / "rows.csv"
    rows.write_text("kind,text\n" + "".join(f"idea,A dark theme {n} {'x' * 900}\n" for n in range(300)), "utf-8")
    own.types("import", "csv", rows).done()
    yield own
    postgres.drop("upkeep")


def test_a_new_key_opens_what_the_old_one_did(served: Shell, tmp_path: Path) -> None:
    before = served.types("export").done().out
    said = served.types("db", "rekey").done()
    assert "`portevoix db scrub --full` clears them" in said.err
    (old,) = tmp_path.glob("server.key.old-*")
    assert served.types("export").done().out == before
    served.types("db", "check").done()
    served.types("db", "check", PORTEVOIX_KEY_FILE=str(old)).refused("The key is not that of this database")


def test_a_database_in_use_keeps_its_key(served: Shell, tmp_path: Path) -> None:
    place = Location(served.env["PORTEVOIX_DATABASE"], tmp_path / "server.key")
    writing, reading = open_engines(place, load_keys(place))
    with reading.connect():
        served.types("db", "rekey").refused("Others are connected to this database (1)", "stop every Portevoix")
    writing.dispose()
    reading.dispose()
    assert not list(tmp_path.glob("server.key.*"))


def test_a_scrub_clears_dead_rows_and_says_what_remains(served: Shell, tmp_path: Path) -> None:
    place = Location(served.env["PORTEVOIX_DATABASE"], tmp_path / "server.key")
    writing, reading = open_engines(place, load_keys(place))
    with writing.begin() as connection:
        connection.exec_driver_sql("UPDATE feedback SET text = ''")
        size = connection.exec_driver_sql("SELECT pg_relation_size('feedback')").scalar() or 0
    writing.dispose()
    said = served.types("db", "scrub").done()
    assert "Vacuumed: " in said.err
    assert "--full writes the tables anew" in said.err
    assert "What remains: the server's write-ahead log" in said.err
    said = served.types("db", "scrub", "--full").done()
    assert "Written anew: " in said.err
    with reading.connect() as connection:
        assert (connection.exec_driver_sql("SELECT pg_relation_size('feedback')").scalar() or 0) < size / 2
    reading.dispose()


def test_a_check_says_what_it_could_not_read(served: Shell) -> None:
    assert "amcheck" in served.types("db", "check").done().err
    assert '"unread": ["The server' in served.types("db", "check", "--json").done().out


def test_what_needs_a_file_names_the_server_s_own_means(served: Shell, tmp_path: Path) -> None:
    served.types("db", "backup", tmp_path / "x.db").refused("pg_dump")
    served.types("doctor", "--offline", PORTEVOIX_BACKUP__FOLDER=str(tmp_path)).out.index("pg_dump")
