"""Measures the time and the disk space that an installation takes."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rig.report import Chapter, Figure

ROOT = Path(__file__).parent.parent


async def measure() -> Chapter:
    """Every figure of this chapter."""
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        start = time.perf_counter()
        python = Path(folder) / "bin" / "python"
        _run([sys.executable, "-m", "venv", folder])
        empty = _bytes(Path(folder))
        _run([str(python), "-m", "pip", "install", "--quiet", "--no-cache-dir", str(ROOT)])
        taken = time.perf_counter() - start
        whole = _bytes(Path(folder))
    figures = (
        Figure("time to install", f"{taken:.0f} s"),
        Figure(
            "room it takes", f"{(whole - empty) / 2**20:,.0f} MiB", f"an empty environment {empty / 2**20:,.0f} MiB"
        ),
    )
    note = "`pip install .` into a new environment without a cache; what tests need is not in it."
    return Chapter("Installation", "python -m benchmarks size", figures, note)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)  # noqa: S603 - our own commands


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
