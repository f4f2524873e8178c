"""A database as it was when the first tables landed: what is made later finds all that is in it."""

import hashlib
from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

import pytest

from bot.commands.buttons import button_holder
from bot.core import Core
from bot.operations.assembly import open_core
from bot.ports.inbound import Actor, Role
from bot.settings.config import Settings
from storage import migrations
from storage.engine.keys import PADDED
from storage.items.attachments import taken
from storage.schema.opening import Location, load_keys, open_engines, open_store
from storage.schema.rekeying import rekey
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage, Person, bare_stage
from tests.storage.landed import Migrated, Past, Rows, copied, every_row, landed
from tests.storage.rows import NOON

__all__ = ["landed"]

FIRST = Path(migrations.__file__).parent / "versions" / "0001_the_first_tables.py"
FIRST_SHA256 = "272aab7faf07e50016cee059ebdfa6e067a4cdf7bd9f75ad318eaab9cb9d3959"


@pytest.fixture(params=["sqlite", "postgres"])
async def core(
    request: pytest.FixtureRequest, past: Past, tmp_path: Path, settings: Settings, clock: StillClock
) -> AsyncIterator[Core]:
    """A bot on the database of then."""
    with copied(request, past, tmp_path, "lived") as place:
        core = await open_core(settings.model_copy(update={"database": place.url, "key_file": place.key_file}), clock)
        yield core
        core.store.close()


@pytest.fixture
async def stage(core: Core) -> AsyncIterator[BareStage]:
    async with bare_stage(core) as stage:
        # The platform counts on from where it was: what came then does not come again.
        stage._events = count(1000)
        yield stage


def test_the_first_migration_stays_as_it_landed() -> None:
    assert hashlib.sha256(FIRST.read_bytes()).hexdigest() == FIRST_SHA256


@pytest.fixture(params=["sqlite", "postgres"])
def migrated(request: pytest.FixtureRequest, past: Past) -> Migrated:
    """The database of then after every migration, which nothing is changed in, and its rows before and after."""
    return past(request.param)


def test_every_row_of_then_is_there_after_every_migration(migrated: Migrated) -> None:
    landed, before, after = deepcopy(migrated)
    assert [table for table, rows in before.items() if not rows] == []
    assert after.pop("alembic_version") == [{"version_num": migrations.head()}] != before.pop("alembic_version")
    _part_visibility(before)
    _keep_days(before)
    _unseal(landed, before, after)
    _let_in(before)
    assert {table: _without_new(after[table], rows) for table, rows in before.items()} == before


def test_what_was_blank_then_loses_its_source_and_the_rest_keeps_it_and_takes_a_new_key(landed: Location) -> None:
    engine = open_engines(landed, load_keys(landed))[0]
    with engine.begin() as connection:
        blank = "UPDATE feedback SET text = '', author_id = NULL, author_hash = NULL WHERE number = 1"
        connection.exec_driver_sql(blank)
    engine.dispose()
    before = {row["number"]: row["source"] for row in every_row(landed)["feedback"]}
    assert before[1]
    open_store(landed).close()
    after = {row["number"]: row["source"] for row in every_row(landed)["feedback"]}
    assert after == {**before, 1: None}
    rekey(landed, NOON, lambda *_: None)
    open_store(landed).close()


def test_files_of_then_take_the_room_of_their_community(migrated: Migrated) -> None:
    after = migrated[2]
    whose = {row["id"]: row["community_id"] for row in after["feedback"]}
    assert after["attachment"]
    for file in after["attachment"]:
        assert (file["size"], file["community_id"]) == (taken(bytes(file["content"])), whose[file["feedback_id"]])


async def test_everybody_finds_what_was_theirs_and_a_button_of_then_works_until_its_holder_is_forgotten(
    stage: BareStage, core: Core
) -> None:
    noor, camille = Person(stage, "noor", language="fr"), Person(stage, "camille")
    await camille.says("/mine")
    camille.hears("#1 Open on Sundays, please", "planned")
    await noor.says("/statut 2")
    noor.hears("La caisse du fond est trop bruyante")
    await camille.says("/ask Where is my parcel of Tuesday?")
    alex = Person(stage, "alex", Role.MODERATOR)
    await alex.says("/queue")
    alex.hears("Thanks to the whole team")
    theirs = await _buttons_of(core, "noor")
    assert theirs
    own = next(row["token"] for row in theirs if row["command"] == "withdraw" and "2" in str(row["args"]))
    await stage.do(camille, button=own)
    camille.hears("This button is for someone else.")
    await stage.do(noor, button=own)
    noor.hears("#2")
    await noor.says("/forgetme")
    await noor.presses("Tout effacer à mon sujet")
    await stage.do(noor, button=own)
    noor.hears("Il n’y a pas de #2 visible ici.")
    assert await _buttons_of(core, "camille")


async def _buttons_of(core: Core, account: str) -> list[dict[str, Any]]:
    """Every button that this account alone may press."""
    who = Actor(PLATFORM, account, account)
    statement = "SELECT token, command, args, holder FROM button WHERE holder IS NOT NULL"
    found = await core.store.read(lambda session: list(session.connection().exec_driver_sql(statement).mappings()))
    return [dict(row) for row in found if row["holder"] == button_holder(core.store.keys, row["token"], who)]


def _part_visibility(rows: Rows) -> None:
    """Change rows of then as the third migration does: `visibility` was the audience and the name in one word."""
    words = {"named": ("everyone", False), "nameless": ("everyone", True), "team": ("team", False)}
    for row in rows["feedback"]:
        row["audience"], row["nameless"] = words[row.pop("visibility")]
    for entry in rows["history"]:
        if entry["action"] == "visibility":
            for end in ("before", "after"):
                audience, nameless = words[entry[end]]
                entry[end] = f"{audience}, {'nameless' if nameless else 'named'}"


def _keep_days(rows: Rows) -> None:
    """Change rows of then as the fourth migration does: of #2, which has no name, the day is kept, in Paris."""
    own = next(row["id"] for row in rows["feedback"] if row["nameless"])
    for name, columns in (("feedback", ("created_at", "changed_at")), ("history", ("at",))):
        for row in rows[name]:
            if own == row.get("feedback_id", row["id"]) and row.get("actor_id") is None:
                row |= {column: _night(row[column]) for column in columns}


def _night(at: datetime | str) -> datetime | str:
    """The beginning of 4 March in Paris, as the driver gives it."""
    return "2026-03-03 23:00:00.000000" if isinstance(at, str) else datetime(2026, 3, 3, 23, tzinfo=at.tzinfo)


def _unseal(place: Location, *found: Rows) -> None:
    """Open what is sealed: it is sealed anew by the fourth migration, with padding."""
    keys = load_keys(place)
    for rows in found:
        for row in chain(*rows.values()):
            if row.get("sealed") is not None:
                row["sealed"] = keys.unseal(bytes(row["sealed"]))


def test_what_was_sealed_then_tells_neither_the_second_nor_the_platform_any_more(migrated: Migrated) -> None:
    rows = migrated[2]
    sealed = [bytes(row["sealed"]) for row in chain(*rows.values()) if row.get("sealed") is not None]
    assert {one[:1] for one in sealed} == {PADDED}
    assert len({len(one) for one in sealed}) == 1


def _let_in(rows: Rows) -> None:
    """Let everybody take part as the fourth migration does: a community that stands alone took all in."""
    assert len(rows["community"]) == 1
    known = {row["member_id"] for row in rows["membership"]}
    community = rows["community"][0]["id"]
    new = [row["id"] for row in rows["member"] if row["id"] not in known]
    rows["membership"] = sorted(
        [*rows["membership"], *({"member_id": one, "community_id": community} for one in new)], key=str
    )


def _without_new(rows: list[dict[str, Any]], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without the columns that came later."""
    return sorted(({name: row[name] for name in before[0]} for row in rows), key=str)
