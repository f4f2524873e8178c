"""How far an import is: a bar on a terminal, taken away at its end, and nothing of it in a file or a log."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.imports import running
from tests.cli.conftest import Shell

ROWS = 1_200
SUMMARY = f"imported {ROWS}, already there 0, skipped 1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "rows.csv"
    ideas = "".join(f"idea,A bench at place {number}\n" for number in range(ROWS))
    made.write_text(f"kind,text\nidea,\n{ideas}", "utf-8")
    return made


def test_a_terminal_shows_a_bar_with_the_rows_and_their_rate(
    shell: Shell, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = io.StringIO()
    terminal = Console(file=shown, force_terminal=True, color_system=None, width=100)
    monkeypatch.setattr(running, "console", lambda: terminal)
    said = shell.types("import", "csv", file, "--yes").done()
    drawn = shown.getvalue()
    assert re.search(r"importing .*━.* 1,201 rows, [\d,]+/s", drawn)
    # Above the bar, and once.
    assert drawn.count("skipped line 2: text is empty") == 1
    # The bar is gone at the end: the cursor is shown again, and its line erased.
    assert drawn.rstrip().endswith(("\x1b[2K", "rows.skipped.csv"))
    assert said.err.splitlines()[-1] == SUMMARY


def test_elsewhere_there_are_lines_alone(shell: Shell, file: Path) -> None:
    said = shell.types("import", "csv", file, "--yes").done()
    assert "\x1b" not in said.err
    assert "importing" not in said.err
    assert said.err.splitlines()[-1] == SUMMARY
