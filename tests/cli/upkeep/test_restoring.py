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


def test_two_restores_on_a_day_keep_both(filled: Shell, backup: Path) -> None:
    filled.types("db", "restore", backup).done()
    filled.types("db", "restore", backup).done()
    assert len(list(filled.home.glob("pv.db.before-restore-*"))) == 2


def test_a_damaged_backup_is_refused_and_changes_nothing(filled: Shell, backup: Path) -> None:
    damage(backup)
    filled.types("db", "restore", backup).refused("is no sound copy", "damaged")
    filled.types("db", "check").done()
    assert not list(filled.home.glob("pv.db.*before*"))


def test_a_damaged_database_is_replaced(filled: Shell, backup: Path) -> None:
    before = filled.types("export").done().out
    damage(filled.home / "pv.db")
    filled.types("db", "check").refused("damaged")
    filled.types("db", "restore", backup).done()
    assert filled.types("export").done().out == before


def test_a_database_that_is_gone_comes_back(filled: Shell, backup: Path) -> None:
    before = filled.types("export").done().out
    (filled.home / "pv.db").unlink()
    filled.types("db", "restore", backup).done()
    assert filled.types("export").done().out == before


def test_a_damaged_database_makes_no_backup_and_spoils_none(filled: Shell, backup: Path, tmp_path: Path) -> None:
    good = backup.read_bytes()
    damage(filled.home / "pv.db")
    filled.types("db", "backup", tmp_path / "other.db").refused("damaged")
    filled.types("db", "backup", backup).refused("nothing was overwritten")
    assert [one.name for one in tmp_path.glob("*.db*")] == ["copy.db"]
    assert backup.read_bytes() == good


def test_a_backup_from_before_a_new_key_comes_back_with_the_old_one(filled: Shell, backup: Path) -> None:
    before = filled.types("export").done().out
    filled.types("db", "rekey").done()
    (old,) = filled.home.glob("pv.key.old-*")
    filled.types("db", "restore", backup).refused("key")
    said = filled.types("db", "restore", backup, "--key", old).done()
    assert "type `portevoix db rekey` now" in said.err
    assert filled.types("export").done().out == before
    assert len(list(filled.home.glob("pv.key.old-*"))) == 2
    filled.types("db", "rekey").done()
    assert filled.types("export").done().out == before


def test_nothing_comes_back_under_a_running_bot(filled: Shell, backup: Path) -> None:
    held = hold(Location(f"sqlite:///{filled.home}/pv.db", filled.home / "pv.key"))
    assert held
    with held:
        filled.types("db", "restore", backup).refused("Another Portevoix already runs")


def test_what_is_no_backup_is_refused(filled: Shell, tmp_path: Path) -> None:
    filled.types("db", "restore", tmp_path / "none.db").refused("There is no file")
    filled.types("db", "restore", filled.home / "pv.db").refused("is the present database")
    (tmp_path / "text.db").write_text("shopping list" * 100)
    filled.types("db", "restore", tmp_path / "text.db").refused("no sound copy")
    filled.types("db", "restore", tmp_path / "text.db", "--replace").refused("--replace is for PostgreSQL")


def test_a_total_that_is_wrong_and_a_seal_that_is_closed_are_found(filled: Shell) -> None:
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


def test_json_tells_the_rows(filled: Shell) -> None:
    said = filled.types("db", "check", "--json").done()
    assert '"ok": true' in said.out
    assert '"feedback": 60' in said.out


def test_a_backup_from_before_a_new_key_is_named_with_how_to_bring_it_back(filled: Shell, backup: Path) -> None:
    filled.types("db", "rekey").done()
    (old,) = filled.home.glob("pv.key.old-*")
    said = filled.types("db", "restore", backup).refused(str(backup), f"--key {old}")
    assert ".restoring" not in said
    filled.types("db", "restore", backup, "--key", old).done()
