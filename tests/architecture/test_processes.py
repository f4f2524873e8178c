"""What a process loads: only what it is used for at that moment, and nothing heavy in the event loop."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.probe import TOOLS
from tests.architecture.source import ROOT

PLATFORMS = frozenset({"discord", "telegram", "fastapi", "uvicorn", "starlette"})
HEAVY = frozenset(
    {*TOOLS, "matplotlib", "alembic", "mako", "rapidfuzz", "multiprocessing", "apscheduler.schedulers", "sqlite3"}
)
COLOURS = frozenset({"rich.console", "pygments"})
MARKUP = frozenset({"markdown_it", "mdurl"})
COMMANDS = ("--help", "code", "export", "knowledge list", "digest list", "outbox list", "db check")
MOST_MEMORY = 180
"""MiB that a bot may hold once it compares by meaning, of which it needs some 150; the encoder's table alone is 62."""
Probe = Callable[..., Any]


@pytest.fixture
def probe(home: Path) -> Probe:
    """Runs a process on a migrated database and tells which modules it has loaded."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PORTEVOIX_DATABASE": f"sqlite:///{home}/pv.db",
        "PORTEVOIX_KEY_FILE": str(home / "pv.key"),
        "PORTEVOIX_INSECURE_KEY": "true",
        "PORTEVOIX_DISCORD__TOKEN": "MTIz.test.token",
        "PORTEVOIX_TELEGRAM__TOKEN": "123456:AA-test",
    }

    def run(*arguments: str) -> Any:
        told = home / "told.json"
        asked = [sys.executable, "-m", "tests.architecture.probe", str(told), *arguments]
        done = subprocess.run(asked, cwd=home, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr
        return json.loads(told.read_text())

    return run


def test_commands_and_bots_load_what_they_use_and_hold_no_more(probe: Probe) -> None:
    loaded = probe(*COMMANDS, "telegram", "discord")
    assert list(loaded)[: len(COMMANDS)] == list(COMMANDS)
    assert {command: found for command in COMMANDS if (found := (PLATFORMS | HEAVY) & set(loaded[command]))} == {}
    assert COLOURS & set(loaded["code"]) == set()
    elsewhere, ignorant, told, taught = (set(loaded[when]) for when in ("asked elsewhere", "asked", "told", "taught"))
    # A bot loads its own platform alone, and language tools once it knows something.
    assert PLATFORMS & elsewhere == {"telegram"}
    assert PLATFORMS & ignorant == PLATFORMS & taught == {"discord"}
    assert (HEAVY | MARKUP) & (elsewhere | ignorant) == set()
    # Suggestions are compared by their words, and their areas are guessed, without them.
    assert {"bot.language.search.alike.wordings", "snowballstemmer"} <= told
    assert ((HEAVY | MARKUP) - {"snowballstemmer"}) & told == set()
    assert {"numpy", "scipy"} <= taught
    assert "sklearn" not in taught
    assert loaded["threads"] == ["its own"]
    assert int(loaded["memory"][0]) < MOST_MEMORY
