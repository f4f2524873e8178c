"""Joining two accounts touches no row of what either wrote without a name: the tables tell nothing of it."""

import re

from bot.core import Core
from tests.clock import StillClock
from tests.features.wanderers import Somebody
from tests.stage import BareStage, Person
from tests.storage.anonymity.reader import Row, read_tables

ACCOUNTS = ("noor", "noor-on-the-phone")


async def test_nothing_without_a_name_is_touched(core: Core, clock: StillClock) -> None:
    stage = BareStage(core)
    for name in ACCOUNTS:
        await write_unnamed(Person(stage, name))
        clock.forward(hours=30)
    before = await unnamed(core)
    noor, phone = (Somebody(stage, name) for name in ACCOUNTS)
    await noor.says("/link")
    given = re.findall(r"\d+-[A-Z2-7]{10}", noor.hears("within ten minutes"))[0]
    await phone.says(f"/link {given}")
    await phone.presses("Join both accounts")
    phone.hears("these accounts are one person now")
    assert len(before) == 4
    assert await unnamed(core) == before
    await noor.says("/mine")
    noor.hears("noor complains", "noor-on-the-phone complains")


async def write_unnamed(person: Person) -> None:
    await person.says("/problem")
    await person.fills(text=f"{person.id} complains", audience="everyone", name="nameless")
    await person.presses("Send")


async def unnamed(core: Core) -> list[Row]:
    """The rows of nameless items and of their sealed addresses; on PostgreSQL also which transactions touched them."""
    tables = await core.store.read(read_tables)
    items = [row for row in tables.rows["feedback"] if row["nameless"]]
    return [*items, *tables.rows["sealed_address"]]
