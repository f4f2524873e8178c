"""`db upgrade`, `db check` and `db backup`."""

from pathlib import Path

import pytest

from storage import migrations
from storage.engine import keys, sqlite
from storage.schema.opening import Location, hold
from tests.cli.conftest import Shell


@pytest.fixture
def filled(shell: Shell, tmp_path: Path) -> Shell:
    file = tmp_path / "rows.csv"
    file.write_text("kind,text\n" + "".join(f"idea,A dark theme {n} {'x' * 5000}\n" for n in range(60)), "utf-8")
    shell.types("import", "csv", file).done()
    return shell


def test_an_upgrade_says_the_revision_and_makes_a_database_where_there_is_none(shell: Shell, tmp_path: Path) -> None:
    said = shell.types("db", "upgrade").done()
    assert (said.out, said.err) == ("", f"The database is at revision {migrations.head()}, which this version needs.\n")
    said = shell.types("db", "upgrade", PORTEVOIX_DATABASE=f"sqlite:///{tmp_path}/new.db").done()
    assert f"A new database was made: {tmp_path}/new.db" in said.err
    assert f"Its key is the one that was there: {shell.home}/pv.key" in said.err


def test_a_sound_database_is_called_sound_and_damage_is_found(filled: Shell, tmp_path: Path) -> None:
    said = filled.types("db", "check").done()
    assert (said.out, said.err) == ("", f"The database is sound, at revision {migrations.head()}.\n")
    # Another key is refused.
    cases: list[tuple[str, ...]] = [("check",), ("backup", "copy.db"), ("upgrade",)]
    for command in cases:
        keys.create(tmp_path / "other.key")
        filled.types("db", *command, PORTEVOIX_KEY_FILE=f"{tmp_path}/other.key").refused("key")
        assert not Path("copy.db").exists(), command
    file = filled.home / "pv.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    filled.types("db", "check").refused("damaged")


def test_another_version_s_database_is_named_as_such(shell: Shell) -> None:
    connection = sqlite.connect(shell.home / "pv.db", keys.load(shell.home / "pv.key"))
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    shell.types("db", "check").refused(
        f"is at revision 0000 and this version needs {migrations.head()}: run portevoix db upgrade"
    )


def test_a_backup_holds_everything_under_the_same_key_and_overwrites_nothing(filled: Shell, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    said = filled.types("db", "backup", copy).done()
    assert str(copy) in said.err
    assert f"Its key is not in it: {filled.home}/pv.key" in said.err
    there = {"PORTEVOIX_DATABASE": f"sqlite:///{copy}"}
    assert filled.types("export", **there).done().out == filled.types("export").done().out
    assert b"A dark theme" not in copy.read_bytes()
    # It overwrites nothing.
    copy = tmp_path / "mine.db"
    copy.write_text("mine", encoding="utf-8")
    filled.types("db", "backup", copy).refused("exists already: nothing was overwritten")
    assert copy.read_text(encoding="utf-8") == "mine"
    filled.types("db", "backup", tmp_path).refused("exists already")
    filled.types("db", "backup", tmp_path / "nowhere" / "copy.db").refused("There is no folder")


def test_a_database_that_is_not_there_is_not_made(shell: Shell, tmp_path: Path) -> None:
    cases: list[tuple[str, ...]] = [("check",), ("backup", "copy.db")]
    for command in cases:
        database = tmp_path / "none.db"
        shell.types("db", *command, PORTEVOIX_DATABASE=f"sqlite:///{database}").refused("There is no database")
        assert not database.exists(), command
        assert not Path("copy.db").exists(), command


def test_a_database_is_written_anew_without_its_gaps_while_no_bot_runs(filled: Shell, tmp_path: Path) -> None:
    file = filled.home / "pv.db"
    connection = sqlite.connect(file, keys.load(filled.home / "pv.key"))
    connection.execute("UPDATE feedback SET text = ''")
    connection.close()
    before = file.stat().st_size
    said = filled.types("db", "compact").done()
    assert file.stat().st_size < before * 0.75
    assert said.out == ""
    assert "The database was written anew: " in said.err
    assert filled.types("db", "check").done()
    filled.types("db", "compact", PORTEVOIX_DATABASE=f"sqlite:///{tmp_path}/none.db").refused("There is no database")
    filled.types("db", "compact", PORTEVOIX_DATABASE="postgresql://nobody@127.0.0.1/x").refused("VACUUM FULL")
    held = hold(Location(f"sqlite:///{filled.home}/pv.db", filled.home / "pv.key"))
    assert held
    with held:
        filled.types("db", "compact").refused("Another Portevoix already runs", "stop it first")
