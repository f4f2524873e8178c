"""With a new key everybody finds what was theirs, and who was erased stays erased under either key."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from bot.core import Core
from bot.operations.assembly import location, open_core
from bot.settings.config import Settings
from storage.engine import sqlite
from storage.schema import copies
from storage.schema.rekeying import rekey
from tests.clock import StillClock
from tests.stage import BareStage, Person

WORDS = "quincunx"


@pytest.fixture
async def core(settings: Settings, clock: StillClock) -> AsyncIterator[Core]:
    """A core that a test closes itself, as it gives its database another key."""
    core = await open_core(settings, clock)
    yield core
    core.store.close()


async def gets_a_new_key(stage: BareStage) -> None:
    """The bot is stopped, its key replaced, and it is started again."""
    stage.core.store.close()
    rekey(location(stage.core.settings), stage.core.clock.now(), lambda *_: None)
    await stage.restart()


def everything(session: Session) -> str:
    tables = SQLModel.metadata.sorted_tables
    return str([list(session.connection().execute(select(table)).mappings()) for table in tables])


async def forgotten(person: Person) -> None:
    await person.says("/forgetme")
    await person.presses("Erase everything about me")


async def test_what_was_theirs_still_is_and_a_button_of_before_says_that_it_is_no_longer_in_use(
    core: Core, stage: BareStage, noor: Person, camille: Person, alex: Person
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await noor.presses("Without my name")
    await camille.says("/suggest A pergola")
    await noor.says("/suggest")
    await gets_a_new_key(stage)
    await noor.says("Another bench")
    noor.hears("suggestion #3")
    await noor.says("/mine")
    noor.hears(WORDS)
    await alex.says("/queue 1 planned")
    await stage.deliver()
    noor.hears("#1 is now planned")
    await camille.presses("Withdraw")
    camille.hears("This button is no longer in use.")
    await camille.says("/mine")
    await camille.says("/suggest Shade in the square")
    await camille.presses("Withdraw")
    camille.hears("#4")


async def test_who_was_erased_stays_so_when_an_older_backup_and_its_key_come_back(
    core: Core, stage: BareStage, noor: Person, camille: Person, home: Path
) -> None:
    await noor.says(f"/suggest A {WORDS}")
    await camille.says("/suggest A pergola")
    backup, old = home / "older.db", core.store.keys
    sqlite.backup(home / "pv.db", backup, old)
    await forgotten(noor)
    await gets_a_new_key(stage)
    await forgotten(camille)
    stage.core.store.close()
    copies.bring_back(location(core.settings), backup, old, "before-restore")
    again = await open_core(core.settings, core.clock)
    found = await again.store.read(everything)
    again.store.close()
    assert WORDS not in found
    assert "pergola" not in found
