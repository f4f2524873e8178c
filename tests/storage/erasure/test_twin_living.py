"""The bot at work on an unencrypted twin of its database: what it erases is gone from the disk, read byte by byte."""

import random
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.core import Core
from bot.operations.assembly import open_core
from bot.privacy.departures import Departures
from bot.privacy.retention import Sweep
from bot.settings.config import Settings
from storage.engine import sqlite
from storage.models import Departure, Feedback
from tests.clock import StillClock
from tests.features.wanderers import Somebody
from tests.stage import BareStage, Person
from tests.storage.erasure.twin import KEYS, blank, left, on_disk, open_plainly, twin, unlocked

__all__ = ["blank", "twin", "unlocked"]


@pytest.fixture
async def core(settings: Settings, clock: StillClock, tmp_path: Path, unlocked: None) -> AsyncIterator[Core]:
    """A whole bot on a twin."""
    place = settings.model_copy(update={"database": f"sqlite:///{tmp_path}/twin.db"})
    core = await open_core(place, clock)
    yield core
    core.store.close()


async def test_after_forgetme_the_disk_does_not_know_the_person(
    stage: BareStage, camille: Person, alex: Person, tmp_path: Path, clock: StillClock
) -> None:
    zoe, twin = Person(stage, "zoe-of-the-quay"), tmp_path / "twin.db"
    said = ["rosemary words", "nameless thyme", "where the sage is", "drafted basil", "because of dill", "a mint file"]
    await zoe.says(f"/suggest {said[0]}")
    await zoe.says("/problem")
    await zoe.fills(text=said[1], audience="everyone", name="nameless")
    await zoe.presses("Send")
    await zoe.says(f"/ask {said[2]}")
    await alex.says("/digest now")
    await stage.deliver()
    await alex.says(f"/queue 1 not_planned {said[4]}")
    await camille.says("/suggest something of her own")
    await zoe.says("/support 2")
    await zoe.says("/problem")
    await zoe.fills(text=said[3], audience="everyone", name="nameless")
    assert left(twin, zoe.id, *said[:5]) == {zoe.id, *said[:5]}
    await zoe.says("/forgetme")
    await zoe.presses("Erase everything about me")
    zoe.hears("nothing stored here leads to you any more.")
    assert left(twin, zoe.id, *said) == {said[1]}, "what has no name leaves later"
    assert (tmp_path / "twin.db-wal").read_bytes() == b"", "the log is emptied at once"
    mark, plan = await stage.core.store.read(_traces)
    assert left_raw(twin, mark, plan) == {mark, plan}
    clock.forward(days=7)
    await Departures(stage.core).clear()
    assert left(twin, zoe.id, *said) == set()
    assert left_raw(twin, mark, plan) == set()
    assert left(twin, "something of her own")


async def test_after_forgetme_the_disk_knows_neither_of_two_accounts(
    stage: BareStage, tmp_path: Path, clock: StillClock
) -> None:
    zoe, phone = Somebody(stage, "zoe-of-the-quay"), Somebody(stage, "zoe-on-the-phone")
    for who, words in ((zoe, "rosemary"), (phone, "thyme")):
        await who.says(f"/suggest {words} words", "plaza")
        await who.says(command="suggest", args={"text": f"unnamed {words}", "audience": "team", "name": "nameless"})
        await who.presses("Send")
    await zoe.says("/link")
    await phone.says(f"/link {re.findall(r'[0-9]+-[A-Z2-7]{10}', zoe.hears('ten minutes'))[0]}")
    await phone.presses("Join both accounts")
    await zoe.says("/forgetme")
    await zoe.presses("Erase everything about me")
    clock.forward(days=7)
    await Departures(stage.core).clear()
    said = [f"{kind}{words}" for words in ("rosemary", "thyme") for kind in ("", "unnamed ")]
    assert left(tmp_path / "twin.db", zoe.name, phone.name, *said) == set()


def _traces(session: Session) -> tuple[bytes, bytes]:
    """What still stands of the erased person: the mark of the nameless item, and the plan by which it leaves."""
    mark = session.exec(select(Feedback.author_hash).where(Feedback.number == 1000)).one()
    return str(mark).encode(), session.exec(select(Departure.sealed)).one()


def left_raw(twin: Path, *values: bytes) -> set[bytes]:
    content = on_disk(twin)
    return {value for value in values if value in content}


async def test_what_grew_old_is_gone_from_the_disk_after_the_sweep(
    stage: BareStage, camille: Person, clock: StillClock, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.db"
    await camille.says("/ask where the sage is")
    clock.forward(days=360)
    await camille.says("/ask where the thyme is")
    await Sweep(stage.core).clear()
    assert left(twin, "where the sage is", "where the thyme is") == {"where the sage is", "where the thyme is"}
    clock.forward(days=6)
    await Sweep(stage.core).clear()
    assert left(twin, "where the sage is", "where the thyme is") == {"where the thyme is"}


async def test_a_copy_left_where_a_page_was_split_is_gone_after_the_sweep(core: Core, tmp_path: Path) -> None:
    twin = tmp_path / "twin.db"
    connection, chance = sqlite._prepare(open_plainly(twin, KEYS)), random.Random(9)  # noqa: S311 - the same each time
    connection.execute("CREATE TABLE scratch (id INTEGER PRIMARY KEY, text TEXT)")
    for number in range(200):
        rosemary = chance.random() < 0.1
        words = f"{'rosemary' if rosemary else 'sage'} {number}"
        connection.execute("INSERT INTO scratch VALUES (?, ?)", (number, words + "x" * chance.randint(0, 900)))
        if chance.random() < 0.3:
            longer = "UPDATE scratch SET text = text || ? WHERE id = ?"
            connection.execute(longer, ("y" * chance.randint(0, 1500), chance.randrange(number + 1)))
    connection.execute("UPDATE scratch SET text = '' WHERE text LIKE 'rosemary%'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert left(twin, "rosemary"), "secure_delete does not reach it"
    await Sweep(core).clear()
    assert left(twin, "rosemary", "sage 7") == {"sage 7"}


async def test_somebody_who_reads_does_not_hold_an_erasure_up(
    stage: BareStage, core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.privacy.erasure.PATIENCE", 20)
    zoe, twin = Person(stage, "zoe-of-the-quay"), tmp_path / "twin.db"
    await zoe.says("/suggest rosemary words")
    reader = open_plainly(twin, core.store.keys)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM feedback").fetchall()
    await zoe.says("/forgetme")
    await zoe.presses("Erase everything about me")
    zoe.hears("nothing stored here leads to you any more.")
    assert left(twin, "rosemary words")
    reader.close()
    await Sweep(core).clear()
    assert left(twin, "rosemary words", zoe.id) == set()
