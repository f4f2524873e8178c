"""An export comes back equal in an empty database: words, statuses, histories, supporters, joins, areas and files."""

import io
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from bot.clock import SystemClock
from bot.core import Core
from bot.docs.exports import schema
from bot.knowledge.sources.draft import Problem
from bot.operations.assembly import open_core
from bot.ports.inbound import File, Role
from bot.settings.config import Settings
from bot.transfer.incoming import boxes
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.restored import Reading, parts
from bot.transfer.incoming.restoring import Outcome, restore
from bot.transfer.outgoing.enclosed import open_box
from bot.transfer.outgoing.export import write_csv, write_json, write_jsonl
from storage.items import details
from storage.models import Community
from storage.people import communities
from tests.clock import StillClock
from tests.pictures import photo
from tests.postgres import Server
from tests.stage import BareStage, Person
from tests.transfer.exporting import written

DAY = "2026-03-04T10:00:00+00:00"


@pytest.fixture
async def elsewhere(request: pytest.FixtureRequest, core: Core, tmp_path: Path) -> AsyncIterator[Core]:
    """A bot with the same community and an empty database, on SQLite unless a test asks for another."""
    database, key_file = f"sqlite:///{tmp_path}/elsewhere.db", tmp_path / "keys" / "elsewhere.key"
    if getattr(request, "param", "sqlite") == "postgres":
        server: Server = request.getfixturevalue("postgres")
        made = server.create("elsewhere")
        database, key_file = made.url, made.key_file
    async with opened(database, key_file) as other:
        yield other
    if getattr(request, "param", "sqlite") == "postgres":
        request.getfixturevalue("postgres").drop("elsewhere")


@asynccontextmanager
async def opened(database: str, key_file: Path) -> AsyncIterator[Core]:
    """A bot with the same community on another database."""
    place = {"database": database, "key_file": key_file}
    other = await open_core(Settings.model_validate(place), SystemClock())

    def name(session: Session) -> None:
        community = session.exec(select(Community)).one()
        community.key, community.timezone = "plaza", "Europe/Paris"
        session.add(community)

    await other.store.write(name)
    yield other
    other.store.close()


async def bring(core: Core, text: str, files: Path | None = None) -> tuple[Outcome, list[Problem]]:
    """Import an export."""
    own, told = (await core.store.read(communities.every))[0], list[Problem]()
    reading = Reading(ZoneInfo(own.timezone), core.clock.now() + timedelta(days=3650))
    source = Source(io.BytesIO(text.encode()), "export.json")
    with boxes.opened(files) as box:
        return await restore(core, own, parts(source, reading), reading, told.append, box), told


async def again(core: Core, write: Callable[..., None] = write_json) -> str:
    """The export of what a bot has."""
    return await written(core, (await core.store.read(communities.every))[0], write)


async def live(stage: BareStage, camille: Person, clock: StillClock) -> None:
    """What a community did in some days, with all that an export tells of it."""
    moderator, sam, lou = Person(stage, "Mo", Role.MODERATOR), Person(stage, "Sam"), Person(stage, "Lou", language="fr")
    await camille.says("/suggest A dark theme for the evening")
    await sam.says("/suggest Longer benches beside the river")
    await sam.says("/support 1")
    await lou.says("/support 1")
    clock.forward(hours=3)
    await lou.says("/suggerer")
    await lou.fills(text="Plus de lumière dans la salle", audience="everyone", name="nameless")
    await lou.presses("Envoyer")
    await moderator.says("/queue 2 planned =Spring, if it is dry")
    await lou.says("/problem The lift is broken again")
    clock.forward(hours=30)
    await camille.says("/suggest A night theme for late hours")
    await camille.says("/suggest A rash word")
    await sam.says("/support 4")
    await moderator.says("/jointo 4 1")
    await moderator.presses("Join #4 to #1")
    await camille.says("/withdraw 5")


@pytest.mark.parametrize("elsewhere", ["sqlite", "postgres"], indirect=True)
async def test_an_export_comes_back_equal(
    core: Core, plaza: Community, elsewhere: Core, stage: BareStage, camille: Person, clock: StillClock
) -> None:
    await live(stage, camille, clock)
    own = {"where": "=North side", "since": "Today"}
    await core.store.write(lambda session: details.add(session, 3, own))
    before = await written(core, plaza, write_json)
    told = {item["number"]: item for item in json.loads(before)}
    assert told[3]["details"] == own, "answers to the community's own questions"
    assert "where: '=North side; since: Today" in await written(core, plaza, write_csv)
    assert {item["joined_to"] for item in told.values()} == {None, 1}
    assert {"withdrawn", "planned", "joined"} <= {item["status"] for item in told.values()}
    outcome, problems = await bring(elsewhere, before)
    assert (str(outcome), problems) == (f"imported {len(told)}, already there 0, skipped 0", [])
    assert await again(elsewhere) == before
    lines = await written(core, plaza, write_jsonl)
    outcome, _ = await bring(elsewhere, lines)
    assert str(outcome) == f"imported 0, already there {len(told)}, skipped 0"
    assert await again(elsewhere, write_jsonl) == lines


async def test_files_come_back_from_the_zip_they_were_written_to(
    core: Core, plaza: Community, elsewhere: Core, stage: BareStage, camille: Person, tmp_path: Path
) -> None:
    sent = (File("=plan.pdf", "application/pdf", b"%PDF-1.7\n"), File("photo.jpg", "image/jpeg", photo()))
    await stage.do(camille, text="/suggest A ramp", attachments=sent)
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    with open_box(first) as box:
        before = await written(core, plaza, partial(write_json, box=box))
    with zipfile.ZipFile(first) as made:
        assert made.namelist() == ["1/1 plan.pdf", "1/2 photo.jpg"]
    await bring(elsewhere, before, first)
    with open_box(second) as box:
        assert await again(elsewhere, partial(write_json, box=box)) == before
    assert second.read_bytes() == first.read_bytes()


async def test_without_their_zip_items_come_and_their_files_are_counted(elsewhere: Core, tmp_path: Path) -> None:
    file = {"name": "a.pdf", "media_type": "application/pdf", "bytes": 2, "path": "../secret"}
    (tmp_path / "secret").write_bytes(b"no")
    (tmp_path / "files").mkdir()
    outcome, _ = await bring(elsewhere, exported(item(1, "A ramp", files=[file])), tmp_path / "files")
    assert (outcome.imported, outcome.missing) == (1, 1)


async def test_where_a_number_is_taken_another_is_given_and_joins_and_histories_follow(
    core: Core, camille: Person
) -> None:
    await camille.says("/suggest Something else altogether")
    joined = {"at": DAY, "action": "joined", "before": "received", "after": "#1", "note": ""}
    text = exported(item(1, "A dark theme"), item(2, "A night theme", status="joined", joined_to=1, history=[joined]))
    outcome, _ = await bring(core, text)
    assert list(outcome.lines()) == ["1 have another number here than in the file"]
    found = {one["number"]: one for one in json.loads(await again(core))}
    assert {number: one["text"] for number, one in found.items()} == {
        1: "Something else altogether",
        2: "A night theme",
        3: "A dark theme",
    }
    assert (found[2]["joined_to"], found[2]["history"][0]["after"]) == (3, "#3")
    assert str((await bring(core, text))[0]) == "imported 0, already there 2, skipped 0"
    await camille.says("/suggest And one more wish")
    assert json.loads(await again(core))[-1]["number"] == 4


async def test_without_a_name_the_day_and_the_language_stay_as_the_file_tells_them(elsewhere: Core) -> None:
    change = {"at": "2026-03-05", "action": "status", "before": "received", "after": "planned", "note": "Spring"}
    days = {"at": "2026-03-04", "changed_at": "2026-03-05", "history": [change]}
    spoken = {1000: "fr", 1001: None}
    for number, language in spoken.items():
        text = f"Plus de lumière {number}"
        await bring(elsewhere, exported(item(number, text, name="nameless", language=language, **days)))
    found = json.loads(await again(elsewhere))
    assert [{key: one[key] for key in days} for one in found] == [days, days]
    assert {one["number"]: one["language"] for one in found} == spoken
    assert [(one["name"], one["author"]) for one in found] == [("nameless", None)] * 2


async def test_what_was_joined_to_an_item_that_is_not_there_stands_alone(elsewhere: Core) -> None:
    outcome, _ = await bring(elsewhere, exported(item(2, "A night theme", status="joined", joined_to=1)))
    assert outcome.unjoined == 1
    [found] = json.loads(await again(elsewhere))
    assert (found["status"], found["joined_to"]) == ("already_exists", None)


async def test_what_no_export_has_is_refused_with_its_reason(elsewhere: Core) -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        ({"status": "resolved"}, "suggestion is never resolved"),
        ({"number": 0}, "number: Input should be greater than 0"),
        ({"at": "2126-03-04"}, "“2126-03-04” is in the future"),
        ({"supporters": 10**9}, "supporters: Input should be less than or equal to 1000000"),
        ({"text": "x" * 20_001}, "has 20001 characters of text; the most is 20000"),
    ]
    for number, (change, why) in enumerate(wrong, 2):
        text = exported(item(1, "A dark theme") | change, item(number, f"Longer benches {number}"))
        outcome, [problem] = await bring(elsewhere, text)
        assert (str(problem), str(outcome)) == (f"entry 1: {why}", "imported 1, already there 0, skipped 1")


async def test_an_export_that_was_cut_brings_what_is_whole(elsewhere: Core) -> None:
    outcome, [problem] = await bring(elsewhere, exported(item(1, "A dark theme"))[:-2] + ",\n{")
    assert "cannot be read as JSON" in problem.reason
    assert outcome.imported == 1


async def test_what_is_written_is_what_the_schema_says(core: Core, plaza: Community, camille: Person) -> None:
    await camille.says("/suggest A dark theme")
    [found] = json.loads(await written(core, plaza, write_json))
    described = json.loads(schema())["$defs"]["ItemPart"]
    assert found.keys() == described["properties"].keys()
    assert set(described["required"]) <= found.keys()


def item(number: int, text: str, **more: object) -> dict[str, object]:
    """An item as an export has it."""
    shown = {"status": "received", "audience": "everyone", "publication": "shown", "name": "named"}
    said = {"area": None, "language": "en", "author": "Camille", "support": 0, "community": "plaza"}
    filed = {"at": DAY, "action": "filed", "before": None, "after": "received", "note": ""}
    own = {"number": number, "kind": "suggestion", "text": text, "at": DAY, "changed_at": DAY, "history": [filed]}
    return {**own, **shown, **said, **more}


def exported(*items: dict[str, object]) -> str:
    return json.dumps(list(items), indent=1)
