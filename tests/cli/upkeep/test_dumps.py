"""Copies of a database on PostgreSQL: every item is in them, and nothing is called a copy that was not read."""

from pathlib import Path

import pytest

from bot.operations.assembly import open_core
from bot.operations.backups import Backups
from bot.settings.backups import BackupSettings
from bot.settings.config import Settings
from storage.engine.errors import StoreError
from storage.schema import dumps
from storage.schema.opening import Location, load_keys
from tests.cli.conftest import Shell
from tests.clock import StillClock


def test_where_a_program_is_missing_that_and_the_server_s_own_means_are_named(
    served: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.schema.programs.shutil.which", lambda _: None)
    served.types("db", "backup", tmp_path / "x.db").refused("pg_dump")
    served.types("doctor", "--offline", PORTEVOIX_BACKUP__FOLDER=str(tmp_path)).out.index("pg_dump")
    monkeypatch.setattr("storage.schema.programs.shutil.which", lambda _: None)
    place = Location(served.env["PORTEVOIX_DATABASE"], tmp_path / "server.key")
    with pytest.raises(StoreError, match="pg_dump is not installed here"):
        dumps.dump(place, tmp_path / "copy.dump", load_keys(place))
    assert not list(tmp_path.glob("copy.dump*"))


@pytest.mark.usefixtures("programs")
def test_a_backup_holds_every_item_and_overwrites_nothing_or_is_removed(
    served: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.dump"
    said = served.types("db", "backup", copy).done()
    assert "read from end to end: 300 items." in said.err
    assert "It is not encrypted" in said.err
    assert copy.stat().st_mode & 0o077 == 0
    served.types("db", "backup", copy).refused("exists already: nothing was overwritten")
    # What is no dump is not read, and one that lacks items is removed.
    place = Location(served.env["PORTEVOIX_DATABASE"], tmp_path / "server.key")
    (tmp_path / "text.dump").write_text("shopping list" * 100)
    with pytest.raises(StoreError, match="pg_restore cannot read"):
        dumps.items_in(tmp_path / "text.dump")
    monkeypatch.setattr(dumps, "items_in", lambda _: 299)
    with pytest.raises(StoreError, match="299 items of 300"):
        dumps.dump(place, tmp_path / "other.dump", load_keys(place))
    assert not list(tmp_path.glob("other.dump*"))


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
