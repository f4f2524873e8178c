"""`db backup` and `db restore`: what is called a copy was read, and what is brought back is sound."""

from pathlib import Path

import pytest

from storage.engine import keys as keyring
from storage.engine import sqlite
from storage.schema.opening import Location, hold
from tests.cli.conftest import Shell
from tests.cli.upkeep.test_rekeying import filled

__all__ = ["filled"]


@pytest.fixture
def backup(filled: Shell, tmp_path: Path) -> Path:
    file = tmp_path / "copy.db"
    said = filled.types("db", "backup", file).done()
    assert "it was read from end to end: 60 items" in said.err
    assert sorted(one.name for one in tmp_path.glob("copy.db*")) == ["copy.db"]
    return file


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def import_one(shell: Shell, folder: Path, text: str) -> None:
    file = folder / "one.csv"
    file.write_text(f"kind,text\nidea,{text}\n", "utf-8")
    shell.types("import", "csv", file).done()


def test_a_backup_comes_back_and_what_was_there_is_kept(filled: Shell, backup: Path, tmp_path: Path) -> None:
    before = filled.types("export").done().out
    import_one(filled, tmp_path, "Later")
    later = filled.types("export").done().out
    said = filled.types("db", "restore", backup).done()
    assert filled.types("export").done().out == before
    (kept,) = filled.home.glob("pv.db.before-restore-*")
    assert str(kept) in said.err
    assert filled.types("export", PORTEVOIX_DATABASE=f"sqlite:///{kept}").done().out == later
    assert backup.exists()
    assert not (filled.home / "pv.key.new").exists()
    # Another restore on that day keeps both.
    filled.types("db", "restore", backup).done()
    assert kept.exists()
    assert kept.with_name(f"{kept.name}.2").exists()


def test_a_damaged_database_makes_no_backup_and_comes_back_as_does_one_that_is_gone(
    filled: Shell, backup: Path, tmp_path: Path
) -> None:
    before, good = filled.types("export").done().out, backup.read_bytes()
    damage(filled.home / "pv.db")
    filled.types("db", "backup", tmp_path / "other.db").refused("damaged")
    filled.types("db", "backup", backup).refused("nothing was overwritten")
    assert [one.name for one in tmp_path.glob("*.db*")] == ["copy.db"]
    assert backup.read_bytes() == good
    filled.types("db", "check").refused("damaged")
    filled.types("db", "restore", backup).done()
    assert filled.types("export").done().out == before
    (filled.home / "pv.db").unlink()
    filled.types("db", "restore", backup).done()
    assert filled.types("export").done().out == before


def test_a_backup_from_before_a_new_key_comes_back_with_the_old_one(filled: Shell, backup: Path) -> None:
    before = filled.types("export").done().out
    filled.types("db", "rekey").done()
    (old,) = filled.home.glob("pv.key.old-*")
    told = filled.types("db", "restore", backup).refused(str(backup), f"--key {old}")
    assert ".restoring" not in told
    said = filled.types("db", "restore", backup, "--key", old).done()
    assert "type `portevoix db rekey` now" in said.err
    assert filled.types("export").done().out == before
    assert len(list(filled.home.glob("pv.key.old-*"))) == 2
    filled.types("db", "rekey").done()
    assert filled.types("export").done().out == before


def test_what_cannot_come_back_is_refused_and_changes_nothing(filled: Shell, backup: Path, tmp_path: Path) -> None:
    filled.types("db", "restore", tmp_path / "none.db").refused("There is no file")
    filled.types("db", "restore", filled.home / "pv.db").refused("is the present database")
    (tmp_path / "text.db").write_text("shopping list" * 100)
    filled.types("db", "restore", tmp_path / "text.db").refused("no sound copy")
    filled.types("db", "restore", tmp_path / "text.db", "--replace").refused("--replace is for PostgreSQL")
    held = hold(Location(f"sqlite:///{filled.home}/pv.db", filled.home / "pv.key"))
    assert held
    with held:
        filled.types("db", "restore", backup).refused("Another Portevoix already runs")
    held.release()
    damage(backup)
    filled.types("db", "restore", backup).refused("is no sound copy", "damaged")
    filled.types("db", "check").done()
    assert not list(filled.home.glob("pv.db.*before*"))


def test_a_check_tells_the_rows_a_total_that_is_wrong_and_a_seal_that_is_closed(filled: Shell) -> None:
    said = filled.types("db", "check", "--json").done()
    assert '"ok": true' in said.out
    assert '"feedback": 60' in said.out
    connection = sqlite.connect(filled.home / "pv.db", keyring.load(filled.home / "pv.key"))
    connection.execute("UPDATE feedback SET support = 7 WHERE number < 3")
    connection.execute("INSERT INTO departure (sealed) VALUES (x'0102030405060708090a0b0c0d0e0f1011121314151617')")
    connection.close()
    said = filled.types("db", "check")
    assert said.code == 2
    assert "The support of 2 items is not the number of their supporters" in said.err
    assert "1 sealed addresses of table departure do not open with this key" in said.err
    said = filled.types("db", "check", "--json")
    assert (said.code, '"ok": false' in said.out) == (2, True)
