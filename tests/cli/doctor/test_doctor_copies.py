"""Doctor on copies of the data: which there are, where, and how old."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.cli.doctor.clinic import Begun, finds, sound


@pytest.fixture
def kept(shell: Shell, tmp_path: Path, begun: Begun) -> Shell:
    return sound(shell, tmp_path, begun)


def aged(file: Path, days: int) -> Path:
    then = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    os.utime(file, (then, then))
    return file


def lines(shell: Shell, **env: str) -> list[str]:
    return shell.types("doctor", "--offline", **env).out.splitlines()


def test_every_copy_is_listed_with_its_age(kept: Shell, tmp_path: Path) -> None:
    kept.types("db", "backup", tmp_path / "copy.db").done()
    with (tmp_path / "all.json").open("w") as out, kept.opens(["export"], stdout=out) as process:
        process.communicate(timeout=60)
    before = kept.home / "pv.db.before-0003"
    before.write_bytes(b"old")
    aged(before, 3)
    found = lines(kept)
    assert f"ok    backup: {tmp_path}/copy.db, 0 hours old" in found
    assert f"ok    export: {tmp_path}/all.json, 0 hours old" in found
    assert f"ok    before: {before}, made before a change, 3 days old" in found
    assert "ok    scheduled backup: none; backup.folder sets it" in found


def test_what_was_deleted_is_listed_no_more(kept: Shell, tmp_path: Path) -> None:
    kept.types("db", "backup", tmp_path / "copy.db").done()
    (tmp_path / "copy.db").unlink()
    assert not [line for line in lines(kept) if "copy.db" in line]


def test_a_copy_left_over_is_told(kept: Shell) -> None:
    before = kept.home / "pv.db.before-0003"
    before.write_bytes(b"old")
    aged(before, 31)
    finds(kept, "before", str(before), "31 days old", "delete it once it is not needed")


def test_what_a_crash_left_is_told(kept: Shell) -> None:
    (kept.home / "pv.db.rekeyed").write_bytes(b"half")
    finds(kept, "unfinished", "pv.db.rekeyed", "type it again, or delete it")


def test_an_old_key_is_listed(kept: Shell) -> None:
    kept.types("db", "rekey").done()
    assert [line for line in lines(kept) if line.startswith("ok    old key: ") and "0 hours old" in line]


def test_a_schedule_that_is_not_kept_is_told(kept: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    env = {"PORTEVOIX_BACKUP__FOLDER": str(folder)}
    finds(kept, "scheduled backup", "there is no folder", **env)
    folder.mkdir()
    finds(kept, "scheduled backup", "none was made yet", "`portevoix run`", **env)
    day = datetime.now(UTC) - timedelta(days=3)
    (folder / f"pv.db.backup-{day:%Y-%m-%dT%H%M%SZ}").write_bytes(b"old")
    finds(kept, "scheduled backup", "kept: 1, the newest 3 days old", **env)
    (folder / f"pv.db.backup-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}").write_bytes(b"new")
    assert f"ok    scheduled backup: every 24 hours to {folder}; kept: 2, the newest 0 hours old" in lines(kept, **env)
