"""What every test stands on: a real core, a real encrypted database, a clock that stands still."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assembly import open_core
from bot.config import CommunitySettings, Settings, StaffPlace
from bot.context import Core
from storage.opening import Location, open_store
from tests.clock import StillClock
from tests.stage import PLATFORM, BareStage


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated empty database and its key, copied for each test instead of migrated anew."""
    folder = tmp_path_factory.mktemp("template")
    open_store(Location(f"sqlite:///{folder}/pv.db", folder / "pv.key")).close()
    return folder


@pytest.fixture
def home(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database and a key, and no settings of the machine's own."""
    shutil.copytree(template, tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(
        database=f"sqlite:///{home}/pv.db",
        key_file=home / "pv.key",
        timezone="Europe/Paris",
        communities=(
            CommunitySettings(
                key="plaza", name="Plaza", team="Delivery team", staff=StaffPlace(platform=PLATFORM, place="staff")
            ),
        ),
    )


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
async def core(settings: Settings, clock: StillClock) -> AsyncIterator[Core]:
    core = await open_core(settings, clock)
    yield core
    core.store.close()


@pytest.fixture
def stage(core: Core) -> BareStage:
    return BareStage(core)
