"""Who reads every table of a month, without the key, guesses who wrote without a name no better than twice chance.

On each engine. What `make test` proves of single rows is in `tests/storage/anonymity`.
"""

import json
import sys
from collections.abc import AsyncIterator
from io import StringIO
from typing import Any

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.operations.assembly import open_core
from bot.settings.config import Limits, Settings
from bot.transfer.outgoing.export import write_json
from storage.people import communities
from tests.clock import StillClock
from tests.storage.anonymity.conftest import settings
from tests.storage.anonymity.month import Month
from tests.storage.anonymity.reader import ATTACKS, Tables, read_tables

__all__ = ["settings"]
pytestmark = pytest.mark.chance


@pytest.fixture
async def month(settings: Settings, clock: StillClock) -> AsyncIterator[Month]:
    core = await open_core(settings.model_copy(update={"limits": Limits(open_items=500)}), clock)
    month = Month(core, clock)
    await month.live()
    yield month
    core.store.close()


async def test_a_reader_of_the_tables_guesses_no_better_than_twice_chance(month: Month) -> None:
    tables = await month.core.store.read(read_tables)
    accounts = {row["member_id"]: row["external_id"] for row in tables.rows["identity"]}
    hits = guessed_right(tables, month, accounts)
    chance = sum(1 / len(month.visitors[day]) for _, day in month.authors.values())
    sys.stderr.write(f"{len(month.authors)} nameless items, by chance {chance:.1f} right; {hits}\n")
    assert len(month.authors) > 150
    assert {name: right for name, right in hits.items() if right > 2 * chance} == {}
    exported = await exported_by_staff(month.core)
    seen = {"by_place": by_place(exported, month), "by_number": by_number_of(exported, month)}
    sys.stderr.write(f"{seen} with the export\n")
    assert {name: right for name, right in seen.items() if right > 2 * chance} == {}


async def exported_by_staff(core: Core) -> list[dict[str, Any]]:
    """The export as JSON, in its order."""
    out = StringIO()

    def write(session: Session) -> None:
        write_json(session, communities.every(session)[0], out, lambda: False)

    await core.store.read(write)
    return list(json.loads(out.getvalue()))


def by_place(exported: list[dict[str, Any]], month: Month) -> int:
    """How many authors are named beside their item in the file: before it, or else after it."""
    named = [place for place, item in enumerate(exported) if item["author"]]
    right = 0
    for place, item in enumerate(exported):
        if item["name"] == "nameless":
            nearest = min(named, key=lambda other: abs(other - place))
            right += is_of(exported[nearest], month.authors[item["text"]][0])
    return right


def by_number_of(exported: list[dict[str, Any]], month: Month) -> int:
    """How many authors also have the item with the nearest number of those of the day."""
    right = 0
    for item in exported:
        theirs = [other for other in exported if other["author"] and other["at"].startswith(item["at"])]
        if item["name"] == "nameless" and theirs:
            nearest = min(theirs, key=lambda other: abs(other["number"] - item["number"]))
            right += is_of(nearest, month.authors[item["text"]][0])
    return right


def is_of(item: dict[str, Any], account: str) -> bool:
    return bool(item["author"].split(" on ")[0] == account)


def guessed_right(tables: Tables, month: Month, accounts: dict[int, str]) -> dict[str, int]:
    """How many authors each attack names rightly."""
    traces, found = list(tables.traces()), dict.fromkeys((attack.__name__ for attack in ATTACKS), 0)
    for own in tables.nameless().values():
        author, _ = month.authors[own[0][1]["text"]]
        for attack in ATTACKS:
            guess = attack(tables, own, traces)
            found[attack.__name__] += guess is not None and accounts[guess] == author
    return found
