"""Who was erased stays erased when an older backup is brought back; who came back since does not go again."""

import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from bot.core import Core
from bot.operations.assembly import open_core
from bot.privacy import erasures
from bot.settings.config import Settings
from storage.engine import sqlite
from storage.engine.errors import StoreReadOnly
from tests.clock import StillClock
from tests.stage import BareStage, Person, bare_stage

WORDS = "quincunx"


@pytest.fixture
async def core(settings: Settings, clock: StillClock) -> AsyncIterator[Core]:
    """A core that a test may close itself, as it puts another database in its place."""
    core = await open_core(settings, clock)
    yield core
    core.store.close()


def everything(session: Session) -> str:
    tables = SQLModel.metadata.sorted_tables
    return str([list(session.connection().execute(select(table)).mappings()) for table in tables])


async def forgotten(person: Person) -> None:
    await person.says("/forgetme")
    await person.presses("Erase everything about me")


def backed_up(core: Core, home: Path) -> Path:
    sqlite.backup(home / "pv.db", home / "older.db", core.store.keys)
    return home / "older.db"


async def restored(core: Core, home: Path, backup: Path) -> Core:
    """The bot stopped, the backup put in the database's place, and the bot started again."""
    core.store.close()
    for rest in home.glob("pv.db-*"):
        rest.unlink()
    shutil.copy(backup, home / "pv.db")
    return await open_core(core.settings, core.clock)


async def test_who_was_erased_after_the_backup_is_erased_again(
    core: Core, stage: BareStage, noor: Person, camille: Person, alex: Person, home: Path
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await noor.says(f"/ask Where is the {WORDS}?")
    await camille.says("/suggest Sunday opening")
    await alex.says("/digest now")
    backup = backed_up(core, home)
    await forgotten(noor)
    with structlog.testing.capture_logs() as logged:
        again = await restored(core, home, backup)
    found = await again.store.read(everything)
    again.store.close()
    assert WORDS not in found
    assert "noor" not in found
    assert "Sunday opening" in found
    assert [one["again"] for one in logged if one["event"] == "erased"] == [1]


async def test_the_list_names_nobody_and_an_entry_expires_with_the_oldest_backup(
    core: Core, stage: BareStage, noor: Person, home: Path, alex: Person, clock: StillClock
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await forgotten(noor)
    (mark, day), *rest = [line.split() for line in (home / "pv.db.erased").read_text().splitlines()]
    assert (len(mark), day, rest) == (64, "2026-03-04", [])
    assert (home / "pv.db.erased").stat().st_mode & 0o77 == 0
    # Who comes back after an erasure stays.
    await noor.says("/suggest Something new")
    assert await erasures.replay(core) == 0
    assert "Something new" in await core.store.read(everything)
    # Whom a moderator erased is listed, too.
    await alex.says("/erase noor")
    await alex.presses("Erase, as they asked")
    assert len(erasures.erased_list(core.settings).marks(date(2026, 3, 4))) == 2
    # An entry expires with the oldest backup.
    listed = erasures.erased_list(core.settings)
    today = clock.now().date()
    clock.forward(days=401)
    listed.expire(today)
    assert len(listed.marks(today)) == 2
    listed.expire(clock.now().date())
    assert listed.path.read_text() == ""


async def test_who_comes_back_after_the_backup_was_brought_back_stays(
    core: Core, stage: BareStage, noor: Person, home: Path, clock: StillClock
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    backup = backed_up(core, home)
    await forgotten(noor)
    clock.forward(days=1)
    again = await restored(core, home, backup)
    async with bare_stage(again) as later:
        await Person(later, "noor").says("/suggest Something new")
        assert await erasures.replay(again) == 0
    again.store.close()


async def test_a_list_that_cannot_be_written_is_told_to_the_operator_and_stops_nobody(
    settings: Settings, clock: StillClock, tmp_path: Path
) -> None:
    core = await open_core(settings.model_copy(update={"erased_file": tmp_path / "none" / "list"}), clock)
    async with bare_stage(core) as stage:
        noor = Person(stage, "noor")
        await noor.says(f"/suggest A {WORDS}")
        with structlog.testing.capture_logs() as logged:
            await forgotten(noor)
        noor.hears("Done.")
    core.store.close()
    assert "set erased_file" in str(logged)


async def test_a_list_that_cannot_be_read_stops_the_start(settings: Settings, clock: StillClock, home: Path) -> None:
    (home / "pv.db.erased").mkdir()
    with pytest.raises(StoreReadOnly, match="check erased_file"):
        await open_core(settings, clock)


async def test_a_line_cut_off_by_a_crash_is_skipped(core: Core, clock: StillClock, home: Path) -> None:
    for torn in ("", "\n", "abc", "abc 2026-03-04 more\n"):
        (home / "pv.db.erased").write_text(torn)
        assert await erasures.replay(core) == 0, torn
        await erasures.note(core, ["m" * 64])
        assert erasures.erased_list(core.settings).marks(clock.now().date()) == {"m" * 64}, torn
