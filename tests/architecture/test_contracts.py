"""The import contracts hold, and each one fails when somebody breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT

LAYERS = "adapters -> bot -> storage"
STAIRCASE = "the staircase of bot: each line uses only the lines under it"
PLATFORM = "the staircase of a platform: connection -> incoming -> outgoing -> transport"
STORAGE = "the staircase of storage: queries -> models -> engine"
ROOMS = "features do not import each other"
PLATFORMS = "no platform below the adapters"
ADDRESSES = "one module opens sealed addresses"
CONTRACTS = (LAYERS, STAIRCASE, PLATFORM, STORAGE, ROOMS, PLATFORMS, ADDRESSES)

INTRUDERS = {
    "storage/climber.py": (LAYERS, "from bot.ports.plain import plain", "storage.climber -> bot.ports.plain"),
    "bot/climber.py": (LAYERS, "import adapters.web", "bot.climber -> adapters.web"),
    "bot/commands/climber.py": (STAIRCASE, "from bot.core import Core", "bot.commands.climber -> bot.core"),
    "bot/features/climber.py": (
        STAIRCASE,
        "from bot.catalogue import registry",
        "bot.features.climber -> bot.catalogue",
    ),
    "adapters/telegram/transport/climber.py": (
        PLATFORM,
        "from adapters.telegram.outgoing.drawing import render",
        "adapters.telegram.transport.climber -> adapters.telegram.outgoing.drawing.render",
    ),
    "storage/engine/climber.py": (
        STORAGE,
        "from storage.models import Member",
        "storage.engine.climber -> storage.models",
    ),
    "bot/features/visitor.py": (
        ROOMS,
        "from bot.features.people import help",
        "bot.features.visitor -> bot.features.people.help",
    ),
    "bot/features/digest/visitor.py": (
        ROOMS,
        "def later():\n    from bot.features.feedback.own.mine import top\n",
        "bot.features.digest.visitor -> bot.features.feedback.own.mine",
    ),
    "bot/stranger.py": (PLATFORMS, "import discord", "bot.stranger -> discord"),
    "bot/features/stranger.py": (PLATFORMS, "from fastapi import FastAPI", "bot.features.stranger -> fastapi"),
    "storage/stranger.py": (PLATFORMS, "import telegram.ext", "storage.stranger -> telegram"),
    "bot/reader.py": (ADDRESSES, "from storage.items import addresses", "bot.reader -> storage.items.addresses"),
    "bot/features/reader.py": (
        ADDRESSES,
        "import storage.items.addresses",
        "bot.features.reader -> storage.items.addresses",
    ),
    "adapters/reader.py": (
        ADDRESSES,
        "from storage.items.addresses import find",
        "adapters.reader -> storage.items.addresses",
    ),
    "storage/reader.py": (
        ADDRESSES,
        "from storage.items.addresses import find",
        "storage.reader -> storage.items.addresses",
    ),
}
"""Files that break a contract: where, which, how, and the words the tool has for it."""


def lint(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the import contracts on a copy of the tree."""
    run = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300", "NO_COLOR": "1"}
    return subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source to spoil."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_are_kept_and_each_intruder_is_found_and_named(tree: Path) -> None:
    clean = lint(tree)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    assert [contract for contract in CONTRACTS if f"{contract} KEPT" not in clean.stdout] == []
    for file, (_, source, _) in INTRUDERS.items():
        (tree / file).write_text(f'"""An intruder."""\n\n{source}\n')
    spoiled = lint(tree)
    assert spoiled.returncode == 1, spoiled.stderr
    broken = spoiled.stdout.split("Broken contracts")[1]
    for file, (contract, _, found) in INTRUDERS.items():
        assert f"{contract} BROKEN" in spoiled.stdout, file
        assert found in broken.split(f"\n{contract}\n")[1], file
