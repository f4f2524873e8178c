"""A database on PostgreSQL with items in it, as an operator works on it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.postgres import Server, postgres

__all__ = ["postgres"]


@pytest.fixture
def served(shell: Shell, postgres: Server, tmp_path: Path) -> Iterator[Shell]:
    place = postgres.create("upkeep")
    key = tmp_path / "server.key"
    shutil.copy(place.key_file, key)
    own = Shell(shell.home, {"PORTEVOIX_DATABASE": place.url, "PORTEVOIX_KEY_FILE": str(key)})
    rows = tmp_path / "rows.csv"
    rows.write_text("kind,text\n" + "".join(f"idea,A dark theme {n} {'x' * 900}\n" for n in range(300)), "utf-8")
    own.types("import", "csv", rows).done()
    yield own
    postgres.drop("upkeep")


@pytest.fixture
def programs(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the server's own programs, which are found first."""
    ((folder,),) = postgres.run("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return Path(folder)
