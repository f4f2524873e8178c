"""A database on PostgreSQL with items in it, as an operator works on it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.schema.opening import Location
from tests.cli.conftest import Shell
from tests.postgres import Server


@pytest.fixture(scope="session")
def stocked(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Location:
    """A database of the server with 300 items, which others are copies of."""
    home = tmp_path_factory.mktemp("stocked")
    place = postgres.create("stocked")
    rows = home / "rows.csv"
    rows.write_text("kind,text\n" + "".join(f"idea,A dark theme {n} {'x' * 900}\n" for n in range(300)), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        own = Shell(home, {"PORTEVOIX_DATABASE": place.url, "PORTEVOIX_KEY_FILE": str(place.key_file)})
        own.types("import", "csv", rows).done()
    return place


@pytest.fixture
def served(shell: Shell, postgres: Server, stocked: Location, tmp_path: Path) -> Iterator[Shell]:
    place = postgres.create("upkeep", like="stocked")
    key = tmp_path / "server.key"
    shutil.copy(stocked.key_file, key)
    yield Shell(shell.home, {"PORTEVOIX_DATABASE": place.url, "PORTEVOIX_KEY_FILE": str(key)})
    postgres.drop("upkeep")


@pytest.fixture
def programs(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the server's own programs, which are found first."""
    ((folder,),) = postgres.run("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return Path(folder)
