"""No row that names somebody tells, beside any row of something nameless, that they wrote it: twelve new people write.

Each is met for the first time, and writes at once: on PostgreSQL both were once of one transaction.
"""

import asyncio
from itertools import pairwise, product

import pytest

from bot.language.encoding.encoder import Encoder
from bot.operations.assembly import open_core
from bot.settings.config import Settings
from bot.similar.finder import Finder
from bot.themes.memory import store_themes
from bot.themes.watch import WEEK
from storage.people import communities
from tests.clock import StillClock
from tests.letters import Letters
from tests.stage import BareStage, Person
from tests.storage.anonymity.reader import Row, Tables, Trace, instants, read_tables, transactions
from tests.words import strange

pytestmark = pytest.mark.chance
PEOPLE = 12


@pytest.fixture(scope="module")
def tables(shared_settings: Settings) -> Tables:
    """The tables after all of them wrote, on each engine: made once, and only read."""
    return asyncio.run(write(shared_settings))


async def write(settings: Settings) -> Tables:
    """Let each of twelve new people write without a name and ask without one; a third write anew."""
    clock = StillClock()
    core = await open_core(settings, clock)
    stage, vectors = BareStage(core), Finder(core.store, ("en", "fr"), letters, core.clock)
    for number in range(PEOPLE):
        clock.forward(minutes=7)
        person = Person(stage, f"person-{number}")
        await person.says("/problem")
        clock.forward(seconds=20)
        await person.fills(text=f"Nobody listens, {number:03}", audience="everyone", name="nameless")
        clock.forward(seconds=20)
        await person.presses("Send")
        if number % 3 == 0:
            await person.presses("Edit")
            await person.fills(text=f"Nobody listens here at all, {number:03}")
        await person.says("/ask")
        await person.fills(question=f"Where is the key to room {number:03}?", name="nameless")
        await person.says(f"/suggest {strange(number)}")
        if number % 6 == 5:
            await store_themes(core, (await core.store.read(communities.every))[0], clock.now() - WEEK, clock.now())
        # Last: what is written afterwards would write the vectors of nameless items anew.
        await vectors.refresh(1)
    tables = await core.store.read(read_tables)
    core.store.close()
    return tables


def test_no_pair_of_rows_is_of_one_transaction(tables: Tables) -> None:
    found = [(mine, trace) for mine, trace in pairs(tables) if {*transactions(mine)} & {*trace.transactions}]
    assert found == []


def test_no_pair_of_rows_is_of_one_instant(tables: Tables) -> None:
    assert [(mine, trace) for mine, trace in pairs(tables) if {*instants(mine)} & {*trace.instants}] == []


def test_neither_ids_nor_numbers_nor_transactions_stand_in_the_order_of_the_people(tables: Tables) -> None:
    met = [row["member_id"] for row in sorted(tables.rows["identity"], key=lambda row: row["id"])]
    items = [row for row in tables.rows["feedback"] if row["nameless"]]
    assert len(met) == len(items) == PEOPLE
    for column in ("id", "number", *(["xmin"] if "xmin" in items[0] else [])):
        order = [author(tables, row) for row in sorted(items, key=lambda row: (row[column], row["id"]))]
        in_place = sum(one == other for one, other in zip(order, met, strict=True))
        neighbours = sum(abs(met.index(one) - met.index(other)) == 1 for one, other in pairwise(order))
        assert in_place <= 5, (column, in_place)
        assert neighbours <= 8, (column, neighbours)


def test_what_has_a_name_is_never_counted_on_from_something_nameless(tables: Tables) -> None:
    """On SQLite the next id is the highest there is and one: in an empty table, that of a nameless row was it."""
    named = [row for row in tables.rows["feedback"] if not row["nameless"]]
    met = [row for row in tables.rows["history"] if row["actor_id"] is not None]
    assert len(named) == len(met) == PEOPLE
    assert [row["id"] for row in (*named, *met) if row["id"] < 0] == []


async def letters() -> Encoder:
    return Letters()


def pairs(tables: Tables) -> list[tuple[Row, Trace]]:
    """Each row of something nameless beside each that names its own author."""
    traces = list(tables.traces())
    assert len(tables.rows["item_vector"]) == 2 * PEOPLE
    assert len(tables.rows["theme_item"]) >= PEOPLE
    found: list[tuple[Row, Trace]] = []
    for own in tables.nameless().values():
        theirs = [trace for trace in traces if trace.person == author(tables, own[0][1])]
        assert theirs
        found += product([row for _, row in own], theirs)
    for row in tables.rows["question"]:
        found += [(row, trace) for trace in traces if trace.person == author(tables, row)]
    return found


def author(tables: Tables, row: Row) -> int:
    """Who really wrote it: the words end with their number."""
    account = f"person-{int(row['text'].rstrip('?')[-3:])}"
    return int(next(one["member_id"] for one in tables.rows["identity"] if one["external_id"] == account))
