"""The newest of what has no name is not told from the rest of its day by its transaction, whatever was done with it."""

from bot.core import Core
from tests.clock import StillClock
from tests.stage import BareStage, Person
from tests.storage.anonymity.reader import read_tables, transactions
from tests.words import strange

ACTS = (
    "/edit {number} Two tables and a fountain in the yard",
    "/withdraw {number}",
    "/area {number} Help",
    "/visibility {number} team",
)


async def test_what_is_done_last_leaves_no_mark(core: Core, clock: StillClock) -> None:
    stage = BareStage(core)
    people = [Person(stage, f"person-{number}") for number in range(len(ACTS))]
    for number, person in enumerate(people):
        clock.forward(minutes=7)
        await person.says("/suggest")
        await person.fills(text=f"A bench by the river, {number:03}", audience="everyone", name="nameless")
        await person.presses("Send")
    for number, (person, act) in enumerate(zip(people, ACTS, strict=True)):
        await person.says("/mine")
        theirs = person.hears("#").split("#")[1].split()[0]
        await Person(stage, "with a name").says(f"/suggest {strange(number)}")
        await person.says(act.format(number=theirs))
        tables = await core.store.read(read_tables)
        nameless = [row for row in tables.rows["feedback"] if row["nameless"]]
        assert len(nameless) == len(ACTS)
        assert len({transactions(row)[:1] for row in nameless}) <= 1 or "xmin" not in nameless[0], act
