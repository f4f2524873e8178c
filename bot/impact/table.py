"""Writes an impact report as a CSV table: its settings, its source rows, and its figures."""

import csv
from collections.abc import Iterator
from typing import TextIO

from bot.impact.figures import Figure
from bot.impact.report import Report
from bot.impact.rows import Row

COLUMNS = (
    *("record", "name", "value", "kind", "status", "decision", "useful", "by", "same", "person", "seconds"),
    *("rows", "low", "high"),
)
"""`setting` and `figure` rows have a name and a value; a figure also has the number of its rows and its interval."""
Cells = dict[str, object]


def write(report: Report, out: TextIO) -> None:
    """Write the table, with a header row; a cell without a value is empty."""
    table = csv.DictWriter(out, COLUMNS, restval="")
    table.writeheader()
    for cells in (*_settings(report), *map(_source, report.rows), *map(_figure, report.figures.values())):
        table.writerow({name: "" if value is None else value for name, value in cells.items()})


def _settings(report: Report) -> Iterator[Cells]:
    own, reach = report.settings, report.reach
    known = reach.deliveries_since.isoformat() if report.delivered_since else None
    for name, value in {
        "period": report.period.name,
        "since": reach.since.isoformat(),
        "until": reach.until.isoformat(),
        "deliveries_since": known,
        "minutes_per_answer": own.minutes_per_answer,
        "hourly_cost": own.hourly_cost,
        "currency": own.currency,
    }.items():
        yield {"record": "setting", "name": name, "value": value}


def _source(row: Row) -> Cells:
    useful = None if row.useful is None else ("yes" if row.useful else "no")
    return {
        "record": row.record.value,
        "kind": row.kind,
        "status": row.status,
        "decision": row.decision,
        "useful": useful,
        "by": row.by.value,
        "same": row.same,
        "person": row.person,
        "seconds": row.seconds,
    }


def _figure(figure: Figure) -> Cells:
    low, high = figure.interval or (None, None)
    return {
        "record": "figure",
        "name": figure.key.value,
        "value": figure.value,
        "rows": figure.rows,
        "low": low,
        "high": high,
    }
