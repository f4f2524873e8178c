"""A folder of knowledge is read again while the bot runs, once its files have changed and stay."""

from pathlib import Path

import pytest

from bot.core import Core
from bot.knowledge.sources.places import read_place
from bot.operations.folders import Folders
from bot.transfer import syncing
from bot.transfer.changes import undo
from bot.transfer.entries import list_entries
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.models import Community
from storage.people import communities

POOL = "## When does the pool open?\nAt nine.\n"


@pytest.fixture
async def plaza(core: Core) -> Community:
    return (await core.store.read(communities.every))[0]


@pytest.fixture
async def folder(core: Core, plaza: Community, tmp_path: Path) -> Path:
    made = tmp_path / "knowledge"
    made.mkdir()
    (made / "pool.md").write_text(POOL)
    await syncing.prepare(core, plaza, [read_place(made)], "en", lambda _: None, alone=True).carry_out()
    return made


async def answers(core: Core, plaza: Community) -> list[str]:
    return await core.store.read(lambda session: [one.text for one in list_entries(session, plaza.id)])


async def test_what_changed_is_taken_over_once_it_stays(core: Core, plaza: Community, folder: Path) -> None:
    team = Entry("team", ("Who?",), "We.", "en")
    await core.store.write(lambda session: knowledge.add(session, plaza.id, [team]))
    watch = Folders(core)
    await watch.look()
    (folder / "pool.md").write_text(POOL.replace("nine", "ten"))
    (folder / "hall.md").write_text("## Where is the hall?\nHere.\n")
    await watch.look()
    assert await answers(core, plaza) == ["At nine.", "We."]
    await watch.look()
    assert await answers(core, plaza) == ["At ten.", "We.", "Here."]
    (folder / "pool.md").unlink()
    await watch.look()
    await watch.look()
    assert await answers(core, plaza) == ["We.", "Here."]
    await core.store.write(lambda session: undo(session, plaza.id))
    await watch.look()
    await watch.look()
    assert sorted(await answers(core, plaza)) == ["At ten.", "Here.", "We."]


async def test_a_folder_that_is_empty_or_gone_takes_no_answers_away(core: Core, plaza: Community, folder: Path) -> None:
    watch = Folders(core)
    (folder / "pool.md").write_text("Nothing here any more.\n")
    for _ in range(3):
        await watch.look()
    (folder / "pool.md").unlink()
    folder.rmdir()
    for _ in range(3):
        await watch.look()
    assert await answers(core, plaza) == ["At nine."]
