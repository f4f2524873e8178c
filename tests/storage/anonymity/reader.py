"""Somebody who can read every table but has no key, and guesses who wrote what has no name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from storage.engine.columns import Personal, declaration

Row = dict[str, Any]
SEEN = "xmin::text::bigint AS xmin, xmax::text::bigint AS xmax, "
"""What PostgreSQL tells of the transactions that wrote and that last locked a row."""


@dataclass(frozen=True)
class Trace:
    """A row that names a person, with all that says when it was written."""

    person: int
    table: str
    id: int
    transactions: tuple[int, ...]
    instants: tuple[datetime, ...]


@dataclass
class Tables:
    """All rows of a database as its tables show them.

    Attributes:
        rows: by table; on PostgreSQL each with its `xmin`.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def traces(self) -> Iterator[Trace]:
        """The rows that name somebody, save those of nameless items: by a column, or by the named item they are of."""
        authors = {row["id"]: row["author_id"] for row in self.rows["feedback"]}
        for name, rows in self.rows.items():
            owner = owner_of(name)
            for row in rows:
                person = row.get(owner) if owner else authors.get(row.get("feedback_id"))
                if person is not None:
                    yield Trace(int(person), name, int(row.get("id") or 0), transactions(row), instants(row))

    def nameless(self) -> dict[int, list[tuple[str, Row]]]:
        """What has no name, by the id of the item: its row and all that belong to it, with their tables."""
        found = {row["id"]: [("feedback", row)] for row in self.rows["feedback"] if row["nameless"]}
        for name, rows in self.rows.items():
            for row in rows:
                if row.get("feedback_id") in found and not (owner_of(name) and row.get(owner_of(name) or "")):
                    found[row["feedback_id"]].append((name, row))
        return found


def owner_of(name: str) -> str | None:
    """The column of a table that names a person; None when none does."""
    if name == "member":
        return "id"
    for column in SQLModel.metadata.tables[name].columns:
        mark = declaration(column)
        if isinstance(mark, Personal) and mark.owner:
            return column.name
    return None


def read_tables(session: Session) -> Tables:
    """Every row of every table; a day is no instant."""
    server = session.get_bind().dialect.name == "postgresql"
    found = Tables()
    for name, table in SQLModel.metadata.tables.items():
        query = table.select() if not server else text(f'SELECT {SEEN}* FROM "{name}"')  # noqa: S608 - the table's own name
        found.rows[name] = [dict(row) for row in session.execute(query).mappings()]
    return found


def transactions(row: Row) -> tuple[int, ...]:
    """The transactions that wrote a row and, but for 0, that locked it."""
    return tuple(row[name] for name in ("xmin", "xmax") if row.get(name))


def instants(row: Row) -> tuple[datetime, ...]:
    """What a row says of when it was written."""
    return tuple(value.replace(tzinfo=None) for value in row.values() if isinstance(value, datetime))


Guess = Callable[[Tables, list[tuple[str, Row]], list[Trace]], int | None]
"""An attack: from what belongs to one nameless item, and all traces, to the person it takes for the author."""


def by_transaction(tables: Tables, own: list[tuple[str, Row]], traces: list[Trace]) -> int | None:
    """The person whose row was written in the same transaction, or else the next one."""
    written = [one for _, row in own for one in transactions(row)]
    near = ((abs(other - one), trace.person) for trace in traces for other in trace.transactions for one in written)
    return min(near, default=(0, None))[1]


def by_instant(tables: Tables, own: list[tuple[str, Row]], traces: list[Trace]) -> int | None:
    """The person of whom something has the nearest time."""
    return _nearest([at for _, row in own for at in instants(row)], traces)


def by_row(tables: Tables, own: list[tuple[str, Row]], traces: list[Trace]) -> int | None:
    """The person who wrote the row before, in the same table."""
    wanted = [(name, int(row["id"])) for name, row in own if row.get("id") is not None]
    near = [
        (abs(trace.id - number), trace.person) for name, number in wanted for trace in traces if trace.table == name
    ]
    return min(near, default=(0, None))[1]


def by_number(tables: Tables, own: list[tuple[str, Row]], traces: list[Trace]) -> int | None:
    """The person who did something nearest to the items with the numbers before and after."""
    number = next(row["number"] for name, row in own if name == "feedback")
    named = sorted((row for row in tables.rows["feedback"] if not row["nameless"]), key=lambda row: row["number"])
    before = [row for row in named if row["number"] < number][-1:]
    after = [row for row in named if row["number"] > number][:1]
    bounds = [row["created_at"].replace(tzinfo=None) for row in (*before, *after)]
    if not bounds:
        return None
    middle = bounds[0] + (bounds[-1] - bounds[0]) / 2
    others = [trace for trace in traces if trace.table != "feedback"]
    return _nearest([middle], others)


def by_rowid(tables: Tables, own: list[tuple[str, Row]], traces: list[Trace]) -> int | None:
    """The person who did something nearest to the rows with the ids before and after, which tell an instant."""
    for name, row in own:
        if row.get("id") is None or name == "sealed_address":
            continue
        dated = sorted((one["id"], instants(one)[0]) for one in tables.rows[name] if one is not row and instants(one))
        around = [at for number, at in dated if number < row["id"]][-1:] + [at for n, at in dated if n > row["id"]][:1]
        if len(around) == 2:
            return _nearest([around[0] + (around[1] - around[0]) / 2], traces)
    return None


def _nearest(wanted: list[datetime], traces: list[Trace]) -> int | None:
    near = (
        (abs((at - one).total_seconds()), trace.person) for one in wanted for trace in traces for at in trace.instants
    )
    return min(near, default=(0, None))[1]


ATTACKS: tuple[Guess, ...] = (by_transaction, by_instant, by_row, by_number, by_rowid)
