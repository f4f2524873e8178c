"""How many rows a transaction takes: many where that is quick, few where others would wait."""

import pytest

from bot.transfer.incoming.pace import LEAST, MOST, Pace


@pytest.mark.parametrize(("seconds", "rows"), [(0.1, MOST), (0.7, LEAST), (3, LEAST)])
def test_transactions_grow_while_they_are_quick(seconds: float, rows: int) -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    for _ in range(9):
        with pace.measured():
            now[0] += seconds
    assert pace.rows == rows


def test_a_slow_one_makes_the_next_shorter() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    for seconds in (0.1, 0.1, 2):
        with pace.measured():
            now[0] += seconds
    assert pace.rows == 2 * LEAST
