"""A new store opened by two processes at the same instant, again and again: both succeed each time."""

from pathlib import Path

import pytest

from tests.postgres import postgres
from tests.storage.engine.test_opening_at_once import open_at_once

__all__ = ["postgres"]


@pytest.mark.parametrize(("engine", "times"), [("sqlite", 30), ("postgres", 12)])
def test_two_processes_that_open_a_new_store_at_once_both_succeed(
    engine: str, times: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    open_at_once(engine, times, tmp_path, request)
