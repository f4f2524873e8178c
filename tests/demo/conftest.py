"""A demo begun on a Wednesday afternoon, told once and copied for each test."""

import functools
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.demo import settings_for, story
from bot.demo.replay import fill
from bot.demo.story import Story
from bot.language.search.index import LexicalIndex
from bot.language.text.terms import Terms
from bot.operations.assembly import open_core
from storage.people import communities
from tests.clock import StillClock
from tests.demo.scene import WEDNESDAY, Opens
from tests.stage import PLATFORM, BareStage, bare_stage


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """The sample's files, which a demo reads at each step, are parsed once; so are its answers weighed."""
    known: dict[object, dict[str, Any]] = {}
    plain = LexicalIndex._build

    def build(index: LexicalIndex, owners: list[int], terms: Terms) -> None:
        key = (*owners, terms.rows.indices.tobytes(), terms.rows.data.tobytes())
        if key not in known:
            before = {**vars(index)}
            plain(index, owners, terms)
            known[key] = {name: made for name, made in vars(index).items() if made is not before.get(name)}
        vars(index).update(known[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(story, "_toml", functools.cache(story._toml))
        patch.setattr(LexicalIndex, "_build", build)
        yield


@pytest.fixture
async def opens(template: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opens]:
    """Opens the demo of a folder at an instant; what it opened is closed afterwards."""
    monkeypatch.setenv("PORTEVOIX_KEY_FILE", str(template / "pv.key"))
    cores: list[Core] = []

    async def open_at(folder: Path, now: datetime) -> Core:
        folder.mkdir(exist_ok=True)
        if not (folder / "portevoix.db").exists():
            shutil.copy(template / "pv.db", folder / "portevoix.db")
        cores.append(await open_core(settings_for(folder, 0), StillClock(now)))
        return cores[-1]

    yield open_at
    for core in cores:
        core.store.close()


@pytest.fixture
def lean(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same feedback and questions on the same days, without what is made of them: told in a third of the time."""
    quiet = {"supporters": (), "followers": ()}
    weeks = [
        week.model_copy(
            update={"decision": (), "feedback": tuple(one.model_copy(update=quiet) for one in week.feedback)}
        )
        for week in Story().weeks
    ]
    monkeypatch.setattr(Story, "weeks", weeks)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo that was begun is kept."""
    return tmp_path_factory.mktemp("told")


@pytest.fixture
async def demo(opens: Opens, told: Path, tmp_path: Path) -> Core:
    if not (told / "done").exists():
        core = await opens(told, WEDNESDAY)
        await fill(core)
        core.store.close()
        (told / "done").touch()
    shutil.copytree(told, tmp_path / "demo")
    return await opens(tmp_path / "demo", WEDNESDAY)


@pytest.fixture
async def stage(demo: Core) -> AsyncIterator[BareStage]:
    await demo.store.write(_join_place)
    async with bare_stage(demo) as stage:
        yield stage


def _join_place(session: Session) -> None:
    """Let the place of the bare stage belong to the sample community, as the page's does."""
    communities.join_place(session, communities.every(session)[0].id, PLATFORM, "plaza", staff=False)
