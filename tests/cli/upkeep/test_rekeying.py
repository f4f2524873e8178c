"""`db rekey`: a leaked key is replaced, with everybody's things where they were."""

import os
from pathlib import Path

import pytest

from storage.engine import keys as keyring
from storage.engine import sqlite
from storage.schema.opening import Location, hold
from tests.cli.conftest import Shell


@pytest.fixture
def filled(shell: Shell, tmp_path: Path) -> Shell:
    file = tmp_path / "rows.csv"
    file.write_text("kind,text\n" + "".join(f"idea,A dark theme {n}\n" for n in range(60)), "utf-8")
    shell.types("import", "csv", file).done()
    return shell


def test_a_new_key_opens_what_the_old_one_did(filled: Shell, tmp_path: Path) -> None:
    key = filled.home / "pv.key"
    before, leaked = filled.types("export").done().out, key.read_text()
    filled.types("db", "backup", tmp_path / "copy.db").done()
    said = filled.types("db", "rekey").done()
    assert said.out == ""
    (old,) = filled.home.glob("pv.key.old-*")
    for words in ("There is a new key, and everything was read again with it", str(old), "Make a new backup now"):
        assert words in said.err
    # A copy that opens with the old key is named.
    assert f"It opens this copy, too: {tmp_path}/copy.db" in said.err
    assert (old.read_text(), key.read_text() != leaked, key.stat().st_mode & 0o77) == (leaked, True, 0)
    assert filled.types("export").done().out == before
    filled.types("db", "check").done()
    filled.types("db", "check", PORTEVOIX_KEY_FILE=str(old)).refused("key")
    # What was imported before is not imported again, and the leaked key opens no new backup.
    said = filled.types("import", "csv", tmp_path / "rows.csv").done()
    assert "imported 0, already there 60" in said.err
    filled.types("db", "backup", tmp_path / "new.db").done()
    connection = sqlite.connect(tmp_path / "new.db", keyring.load(old))
    with pytest.raises(Exception, match="not a database"):
        connection.execute("SELECT count(*) FROM feedback")
    connection.close()


def test_a_running_bot_or_a_folder_that_cannot_be_written_keeps_its_key(
    filled: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold(Location(f"sqlite:///{filled.home}/pv.db", filled.home / "pv.key"))
    assert held
    with held:
        filled.types("db", "rekey").refused("Another Portevoix already runs", "stop it first")
    held.release()
    assert not list(filled.home.glob("pv.key.*"))

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("storage.engine.keys._write_once", refuse)
    filled.types("db", "rekey").refused("No key can be written", "Read-only file system")
    monkeypatch.undo()
    filled.types("export", **filled.env).done()


def test_the_files_stay_their_owner_s(filled: Shell) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root works for another user")
    files = [filled.home / "pv.db", filled.home / "pv.key"]
    for file in files:
        os.chown(file, 12345, 12345)
        file.chmod(0o640)
    filled.types("db", "rekey").done()
    assert [(one.stat().st_uid, one.stat().st_mode & 0o777) for one in files] == [(12345, 0o640)] * 2
