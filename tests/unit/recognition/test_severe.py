"""Words of severe problems, told from those of ordinary ones, half of them held out."""

from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.recognition.severe import is_severe, load_severe
from tests.unit.recognition.tables import read_rows

HALVES = ["severe_tuning", "severe_held_out"]


def test_severe_problems_are_told() -> None:
    for half in HALVES:
        rows = [row for row in read_rows(half) if row["label"] == "severe"]
        missed = [row["text"] for row in rows if not is_severe(row["text"], load_severe())]
        assert len(missed) <= 0.1 * len(rows), missed


def test_ordinary_ones_are_not() -> None:
    for half in HALVES:
        rows = [row for row in read_rows(half) if row["label"] == "other"]
        assert [row["text"] for row in rows if is_severe(row["text"], load_severe())] == [], half


def test_an_operator_adds_words(tmp_path: Path) -> None:
    (tmp_path / "severe.en.txt").write_text("[severe]\nthe vending machine is empty\n")
    tables = load_severe(tmp_path)
    assert is_severe("Help! The vending machine is empty", tables)
    assert is_severe("There is an outage", tables)


def test_a_line_that_is_not_understood_says_where(tmp_path: Path) -> None:
    (tmp_path / "severe.en.txt").write_text("[sever]\noutage\n")
    with pytest.raises(OperatorError, match=r"severe\.en\.txt, line 1"):
        load_severe(tmp_path)
