"""Each test of this folder is played on both engines."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings.config import Settings
from tests.conftest import plaza
from tests.postgres import Server

ENGINES = ["sqlite", "postgres"]


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Settings]:
    """Settings for an empty database of the engine."""
    yield from on_engine(request, settings, "anonymity")


@pytest.fixture(scope="module", params=ENGINES)
def shared_settings(
    request: pytest.FixtureRequest, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """The same for what several tests read and none changes."""
    home = tmp_path_factory.mktemp("shared")
    shutil.copytree(template, home, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        yield from on_engine(request, plaza(home), "anonymity_shared")


def on_engine(request: pytest.FixtureRequest, settings: Settings, name: str) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield settings
        return
    server: Server = request.getfixturevalue("postgres")
    place = server.create(name)
    yield settings.model_copy(update={"database": place.url, "key_file": place.key_file})
    server.drop(name)
