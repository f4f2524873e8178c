"""The scheduled backup: made while the bot runs, read again, the newest kept, and no good one lost."""

from pathlib import Path

import pytest
import structlog

from bot.core import Core
from bot.operations.backups import Backups, scheduled
from bot.operations.ledger import Ledger
from bot.settings.backups import BackupSettings
from bot.settings.config import Settings
from storage.schema import soundness
from storage.schema.opening import Location
from tests.clock import StillClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def settings(settings: Settings, folder: Path) -> Settings:
    return settings.model_copy(update={"backup": BackupSettings(folder=folder, every=24, keep=2)})


def names(folder: Path) -> list[str]:
    return sorted(one.name.removeprefix("pv.db.backup-") for one in folder.iterdir())


async def test_the_newest_are_kept_and_nothing_else_is_touched(core: Core, folder: Path, clock: StillClock) -> None:
    (folder / "pv.db.backup-mine").write_text("mine")
    (folder / "other.db").write_text("other")
    backups = Backups(core)
    for _ in range(4):
        assert await backups.catch_up()
        clock.forward(days=1)
    assert names(folder) == ["2026-03-06T100000Z", "2026-03-07T100000Z", "mine", "other.db"]


async def test_one_that_is_not_sound_takes_no_good_one_s_place(
    core: Core, folder: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = Backups(core)
    for _ in range(2):
        await backups.catch_up()
        clock.forward(days=1)
    good = names(folder)
    monkeypatch.setattr("storage.engine.sqlite._faults", lambda _: ["page 7 is torn"])
    with structlog.testing.capture_logs() as logged:
        assert await backups.catch_up() is None
        assert await backups.catch_up() is None
        clock.forward(hours=2)
        assert await backups.catch_up() is None
    assert names(folder) == good
    assert [("page 7 is torn" in one["mend"], one["log_level"]) for one in logged] == [(True, "error")]
    monkeypatch.undo()
    clock.forward(hours=2)
    assert await backups.catch_up()


async def test_a_folder_that_is_not_there_is_told_once_and_made_by_nobody(
    core: Core, folder: Path, clock: StillClock
) -> None:
    folder.rmdir()
    backups = Backups(core)
    with structlog.testing.capture_logs() as logged:
        await backups.catch_up()
        clock.forward(hours=2)
        await backups.catch_up()
    assert [one["mend"] for one in logged] == [
        f"There is no folder {folder} for backups: make it, or set backup.folder."
    ]
    assert not folder.exists()


async def test_one_is_made_at_once_and_then_once_a_day(core: Core, folder: Path, home: Path, clock: StillClock) -> None:
    backups = Backups(core)
    first = await backups.catch_up()
    assert first
    # It is known to doctor's list, and to a bot that is started again.
    (known,) = Ledger(Location(core.settings.database, core.settings.key_file)).copies()
    assert (known.kind, known.file, known.made) == ("backup", first, core.clock.now())
    assert scheduled(Location(f"sqlite:///{home}/pv.db", home / "pv.key"), folder) == [first]
    assert await Backups(core).catch_up() is None
    assert await backups.catch_up() is None
    clock.forward(hours=23)
    assert await backups.catch_up() is None
    clock.forward(hours=1)
    assert await backups.catch_up()
    assert soundness.examine_file(first, core.store.keys).faults == ()
    assert names(folder) == ["2026-03-04T100000Z", "2026-03-05T100000Z"]
