"""The newest of what has no name is not told from the rest of its day by its transaction, whatever was done with it."""

from collections.abc import Sequence

import pytest

from bot.core import Core
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.storage.anonymity.reader import read_tables, transactions


@pytest.mark.parametrize(
    "acts",
    [
        ("/edit {number} Two tables and a fountain in the yard",),
        ("/withdraw {number}",),
        ("/area {number} Help",),
        ("/visibility {number} team",),
    ],
)
async def test_what_is_done_last_leaves_no_mark(core: Core, clock: StillClock, acts: Sequence[str]) -> None:
    stage = BareStage(core)
    people = [Person(stage, f"person-{number}") for number in range(4)]
    for number, person in enumerate(people):
        clock.forward(minutes=7)
        await person.says("/suggest")
        await person.fills(text=f"A bench by the river, {number:03}", audience="everyone", name="nameless")
        await person.presses("Send")
    await people[1].says("/mine")
    theirs = people[1].hears("#").split("#")[1].split()[0]
    await people[0].says("/suggest With a name")
    for act in acts:
        await people[1].says(act.format(number=theirs))
    tables = await core.store.read(read_tables)
    nameless = [row for row in tables.rows["feedback"] if row["nameless"]]
    written = {transactions(row)[:1] for row in nameless}
    assert len(nameless) == 4
    assert len(written) <= 1 or "xmin" not in nameless[0]
