"""Fixtures for all tests: a real core, a real encrypted database, a clock that a test moves."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from bot.settings.config import Settings
from storage.answers import knowledge
from storage.people import communities
from storage.schema.opening import Location, open_store
from tests.clock import StillClock
from tests.copies import Copies, Job, copies
from tests.plaza import KNOWLEDGE, plaza
from tests.postgres import postgres
from tests.stage import BareStage, Person, Stage, bare_stage
from tests.thrift import (
    pytest_collection_finish,
    pytest_configure,
    thrift,
)

__all__ = [
    "copies",
    "postgres",
    "pytest_collection_finish",
    "pytest_configure",
    "thrift",
]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated empty database and its key, which are copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    open_store(Location(f"sqlite:///{folder}/pv.db", folder / "pv.key")).close()
    return folder


@pytest.fixture
def home(
    request: pytest.FixtureRequest,
    copies: Copies,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A folder with a database and a key, and an environment without the machine's settings."""
    monkeypatch.chdir(tmp_path)
    if "core" in request.fixturenames and request.getfixturevalue("shared") and not request.getfixturevalue("jobs"):
        return copies.lend(lambda: tmp_path_factory.mktemp("kept") / "home")
    copies.write(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def shared() -> bool:
    """Whether the database may have been used by other tests, so that its file has free pages."""
    return True


@pytest.fixture
def settings(home: Path) -> Settings:
    return plaza(home)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture(autouse=True)
def chance(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replaces random numbers by consecutive ones: the first nameless item is #1000, the next #1001."""
    drawn: Counter[range] = Counter()

    def draw(among: range) -> int:
        drawn[among] += 1
        return among[drawn[among] - 1]

    if request.node.get_closest_marker("chance") is None:
        monkeypatch.setattr("storage.engine.drawing.draw", draw)


@pytest.fixture
def jobs() -> Sequence[Job]:
    """Jobs run on the database before the core is opened; run once for all tests with the same jobs."""
    return ()


@pytest.fixture
async def core(settings: Settings, clock: StillClock, copies: Copies, jobs: Sequence[Job]) -> AsyncIterator[Core]:
    core = await copies.open_core(settings, clock, *jobs)
    yield core
    kept = copies.kept
    if kept is None or core.store is not kept.store or not await kept.clear():
        core.store.close()


@pytest.fixture
async def stage(core: Core) -> AsyncIterator[BareStage]:
    async with bare_stage(core) as stage:
        yield stage


@pytest.fixture
async def taught(core: Core) -> None:
    """The team has written a few answers."""
    await core.store.write(lambda session: knowledge.add(session, communities.every(session)[0].id, KNOWLEDGE))


@pytest.fixture
def camille(stage: Stage) -> Person:
    return Person(stage, "camille")


@pytest.fixture
def noor(stage: Stage) -> Person:
    return Person(stage, "noor")


@pytest.fixture
def alex(stage: Stage) -> Person:
    return Person(stage, "alex", Role.MODERATOR)
