"""Fixtures for all tests: a real core, a real encrypted database, a clock that a test moves."""

import functools
import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.core import Core
from bot.ports.inbound import Role
from bot.settings.community.telling import TellingSettings
from bot.settings.config import CommunitySettings, Settings, StaffPlace
from storage.answers import knowledge
from storage.answers.knowledge import Entry
from storage.people import communities
from storage.schema.opening import Location, open_store
from storage.vocabulary import News
from tests.clock import StillClock
from tests.copies import Copies, Job, copies
from tests.postgres import postgres
from tests.stage import PLATFORM, BareStage, Person, Stage, bare_stage
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

KNOWLEDGE = (
    Entry("frozen", ("Can I give frozen food?", "Do you take frozen food?"), "Yes, until noon.", "en"),
    Entry("delivery", ("How do I change my delivery address?",), "Under Orders.", "en"),
    Entry("email", ("How do I change my email address?",), "Under Account.", "en"),
    Entry("post", ("How do I change my postal address for letters?",), "By letter, sadly.", "en"),
    Entry("opening", ("Quels sont les horaires d'ouverture ?",), "De 9 h à midi.", "fr"),
)


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


def plaza(home: Path) -> Settings:
    """Settings with one community, whose database and key are in the home folder."""
    own = tuple((name, value) for name, value in os.environ.items() if name.startswith("PORTEVOIX_"))
    return _plaza(own).model_copy(update={"database": f"sqlite:///{home}/pv.db", "key_file": home / "pv.key"})


@functools.cache
def _plaza(_environment: tuple[tuple[str, str], ...]) -> Settings:
    """The settings, cached for each environment, since reading them takes longer than a small test."""
    return Settings(
        timezone="Europe/Paris",
        communities=(
            CommunitySettings(
                key="plaza",
                name="Plaza",
                team="Delivery team",
                staff=StaffPlace(platform=PLATFORM, place="staff"),
                undo=0,
                # Each piece of news is sent by itself; tests/features/telling tests the default.
                telling=TellingSettings(news=News.AT_ONCE),
            ),
        ),
    )


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
