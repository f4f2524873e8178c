"""Counts the figures of an impact report anew from its exported rows, with nothing of the bot: `recount.py FILE`."""

import csv
import math
import statistics
import sys
from collections.abc import Iterable
from typing import TextIO

Row = dict[str, str]
Counted = tuple[float | None, int, float | None, float | None]
"""A figure's value, its rows, and the ends of its interval."""
ENDED = ("done", "not_planned", "already_exists")
CLOSED = ("done", "not_planned", "already_exists", "joined", "resolved", "explained", "read", "withdrawn")
FEW = 30


def recount(table: Iterable[Row]) -> dict[str, Counted]:
    """The figures, by name."""
    rows = list(table)
    given = {row["name"]: row["value"] for row in rows if row["record"] == "setting"}
    of = {name: [row for row in rows if row["record"] == name] for name in ("heard", "told", "question", "filed")}
    asked, filed = of["question"], of["filed"]
    own = {row["same"] for row in asked if row["by"] == "bot" and row["useful"] != "no"}
    hours = len(own) * float(given["minutes_per_answer"]) / 60
    ideas = [
        row for row in rows if row["record"] == "outcome" and row["kind"] == "suggestion" and row["status"] in ENDED
    ]
    counted: dict[str, Counted] = {
        "people heard": (people(of["heard"]), len(of["heard"]), None, None),
        "people told": (people(of["told"]) if given["deliveries_since"] else None, len(of["told"]), None, None),
        "questions answered without the team": (len(own), len(asked), None, None),
        "share of questions answered without the team": share(
            len(own), len({row["same"] for row in asked}), len(asked)
        ),
        "hours saved": (hours, len(asked), None, None),
    }
    if given["hourly_cost"]:
        counted["money saved"] = (hours * float(given["hourly_cost"]), len(asked), None, None)
    for name, record in (
        ("median hours to the team's answer to a question", "answer"),
        ("median hours to the team's first word on feedback", "word"),
        ("median hours to a decision", "decision"),
    ):
        counted[name] = middle([int(row["seconds"]) / 3600 for row in rows if row["record"] == record])
    counted["share of decided ideas that are done"] = share(
        sum(row["status"] == "done" for row in ideas), len(ideas), len(ideas)
    )
    counted["closure rate"] = share(sum(row["status"] in CLOSED for row in filed), len(filed), len(filed))
    return counted


def printed(table: Iterable[Row]) -> dict[str, Counted]:
    """The figures that the table says itself."""

    def number(text: str) -> float | None:
        return float(text) if text else None

    return {
        row["name"]: (number(row["value"]), int(row["rows"]), number(row["low"]), number(row["high"]))
        for row in table
        if row["record"] == "figure"
    }


def differing(table: Iterable[Row]) -> dict[str, tuple[Counted | None, Counted | None]]:
    """The figures that come out otherwise than the table says."""
    rows = list(table)
    mine, theirs = recount(rows), printed(rows)
    return {
        name: (mine.get(name), theirs.get(name))
        for name in mine.keys() | theirs.keys()
        if name not in mine or name not in theirs or not alike(mine[name], theirs[name])
    }


def alike(one: Counted, other: Counted) -> bool:
    return all(
        left == right
        or (left is not None and right is not None and math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9))
        for left, right in zip(one, other, strict=True)
    )


def people(rows: list[Row]) -> int:
    return len({row["person"] for row in rows if row["person"]}) + sum(not row["person"] for row in rows)


def share(part: int, whole: int, rows: int) -> Counted:
    """A share with its Wilson interval."""
    if not whole:
        return None, rows, None, None
    value = part / whole
    if whole >= FEW:
        return value, rows, None, None
    z = statistics.NormalDist().inv_cdf(0.975)
    middle = (value + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z / (1 + z * z / whole) * math.sqrt(value * (1 - value) / whole + z * z / (4 * whole * whole))
    return value, rows, max(middle - reach, 0.0), min(middle + reach, 1.0)


def middle(hours: list[float]) -> Counted:
    """A median with the interval between two of the ordered values: as far in as leaves 2.5 % on each side."""
    if not hours:
        return None, 0, None, None
    ordered, number = sorted(hours), len(hours)
    value = statistics.median(hours)
    outside, place, tail = 0.5**number, 0, 0.0
    while tail + outside <= 0.025 and number < FEW:
        tail += outside
        place += 1
        outside = math.comb(number, place) * 0.5**number
    if not place:
        return value, number, None, None
    return value, number, ordered[place - 1], ordered[number - place]


def read(file: TextIO) -> list[Row]:
    return list(csv.DictReader(file))


if __name__ == "__main__":
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        wrong = differing(read(file))
    for name, (mine, theirs) in wrong.items():
        print(f"{name}: {mine}, not {theirs}")  # noqa: T201
    sys.exit(bool(wrong))
