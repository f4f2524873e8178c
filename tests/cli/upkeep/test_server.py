"""Looking after a database on PostgreSQL: a new key, traces cleared, and a check."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.operations.assembly import open_core
from bot.operations.backups import Backups
from bot.settings.backups import BackupSettings
from bot.settings.config import Settings
from storage.engine.errors import StoreError
from storage.schema import dumps
from storage.schema.opening import Location, load_keys, open_engines
from tests.cli.conftest import Shell
from tests.clock import StillClock
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


def test_where_a_program_is_missing_the_server_s_own_means_are_named(
    served: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.schema.dumps.shutil.which", lambda _: None)
    served.types("db", "backup", tmp_path / "x.db").refused("pg_dump")
    served.types("doctor", "--offline", PORTEVOIX_BACKUP__FOLDER=str(tmp_path)).out.index("pg_dump")


def test_a_backup_holds_every_item_and_overwrites_nothing(
    served: Shell, postgres: Server, programs: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.dump"
    said = served.types("db", "backup", copy).done()
    assert "read from end to end: 300 items." in said.err
    assert "It is not encrypted" in said.err
    assert copy.stat().st_mode & 0o077 == 0
    served.types("db", "backup", copy).refused("exists already: nothing was overwritten")
    assert "pg_restore --no-owner" in served.types("db", "restore", copy).refused("stays")
    # What it says to type.
    place = postgres.create("restored", empty=True)
    url = make_url(place.url).set(drivername="postgresql").render_as_string(hide_password=False)
    restore = [str(programs / "pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={url}", str(copy)]
    subprocess.run(restore, check=True)  # noqa: S603 - the test's own words
    served.types("db", "upgrade", PORTEVOIX_DATABASE=place.url).done()
    assert served.types("export", PORTEVOIX_DATABASE=place.url).done().out == served.types("export").done().out
    postgres.drop("restored")


@pytest.mark.usefixtures("programs")
async def test_the_bot_makes_such_copies_by_itself_and_keeps_the_newest(
    served: Shell, tmp_path: Path, settings: Settings, clock: StillClock
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    place = {"database": served.env["PORTEVOIX_DATABASE"], "key_file": tmp_path / "server.key"}
    core = await open_core(
        settings.model_copy(update={**place, "backup": BackupSettings(folder=folder, keep=1)}), clock
    )
    backups = Backups(core)
    first = await backups.catch_up()
    assert first
    assert await backups.catch_up() is None
    clock.forward(hours=25)
    second = await backups.catch_up()
    core.store.close()
    assert second
    assert list(folder.iterdir()) == [second]
    assert dumps.items_in(second) == 300


@pytest.mark.usefixtures("programs")
def test_a_copy_that_lacks_items_is_removed(served: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Location(served.env["PORTEVOIX_DATABASE"], tmp_path / "server.key")
    monkeypatch.setattr(dumps, "items_in", lambda _: 299)
    with pytest.raises(StoreError, match="299 items of 300"):
        dumps.dump(place, tmp_path / "copy.dump", load_keys(place))
    assert not list(tmp_path.glob("copy.dump*"))


@pytest.mark.usefixtures("programs")
def test_a_file_that_is_no_dump_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "text.dump").write_text("shopping list" * 100)
    with pytest.raises(StoreError, match="cannot be read"):
        dumps.items_in(tmp_path / "text.dump")


def test_without_the_programs_it_says_what_to_install(
    served: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.schema.dumps.shutil.which", lambda _: None)
    place = Location(served.env["PORTEVOIX_DATABASE"], tmp_path / "server.key")
    with pytest.raises(StoreError, match="pg_dump is not installed here"):
        dumps.dump(place, tmp_path / "copy.dump", load_keys(place))
    assert not list(tmp_path.glob("copy.dump*"))


@pytest.fixture
def programs(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the server's own programs, which are found first."""
    ((folder,),) = postgres.run("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return Path(folder)
