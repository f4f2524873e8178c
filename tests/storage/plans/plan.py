"""How a database goes about a statement: recorded where the driver is handed it, explained afterwards."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

Statement = tuple[str, Any]
"""A statement and what it was handed."""
SMALL = frozenset(
    {
        "alembic_version",
        "answer",
        "community",
        "digest",
        "installation",
        "knowledge_change",
        "knowledge_source",
        "phrasing",
        "place",
        "route",
        "sqlite_master",
    }
)
"""Tables that do not grow with what members do: the team's places, its knowledge and its digests."""
READS = re.compile(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b", re.IGNORECASE)
NAMED = re.compile(r"%\((\w+)\)s")


class Tape:
    """Every statement that reached a driver, each once."""

    def __init__(self) -> None:
        self.statements: dict[str, Any] = {}

    def note(self, statement: Any, given: Any) -> None:
        """Keep a statement, with the first row of what it was given."""
        if isinstance(statement, str) and READS.match(statement):
            self.statements.setdefault(statement, given)


@contextmanager
def recorded(patch: pytest.MonkeyPatch) -> Iterator[Tape]:
    """Record what connections opened from now on, and those of PostgreSQL opened before, are handed."""
    tape, connect = Tape(), sqlcipher.connect

    class Cursor(sqlcipher.Cursor):  # type: ignore[misc]
        def execute(self, statement: str, given: Any = ()) -> Any:
            tape.note(statement, given)
            return super().execute(statement, given)

        def executemany(self, statement: str, rows: Any) -> Any:
            rows = list(rows)
            tape.note(statement, rows[0] if rows else ())
            return super().executemany(statement, rows)

    class Connection(sqlcipher.Connection):  # type: ignore[misc]
        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

        def execute(self, statement: str, given: Any = ()) -> Any:
            return self.cursor().execute(statement, given)

    ordinary, ordinary_many = psycopg.Cursor.execute, psycopg.Cursor.executemany

    def execute(self: Any, statement: Any, given: Any = None, **how: Any) -> Any:
        tape.note(statement, given)
        return ordinary(self, statement, given, **how)

    def executemany(self: Any, statement: Any, rows: Any, **how: Any) -> Any:
        tape.note(statement, None)
        return ordinary_many(self, statement, rows, **how)

    with patch.context() as here:
        here.setattr(sqlcipher, "connect", lambda *given, **how: connect(*given, factory=Connection, **how))
        here.setattr(psycopg.Cursor, "execute", execute)
        here.setattr(psycopg.Cursor, "executemany", executemany)
        yield tape


def read_whole(engine: Engine, statement: str, given: Any) -> list[str]:
    """The steps of a plan that read a growing table, or an index, from end to end."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if engine.dialect.name == "sqlite":
            return _of_sqlite(driver, statement, given)
        return list(_of_postgres(driver, statement))


def _of_sqlite(driver: Any, statement: str, given: Any) -> list[str]:
    steps = [str(row[3]) for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", given)]
    whole = [
        step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step and _grows(step.split()[1])
    ]
    # When a row is made SQLite also plans to look for what pointed to it before, and only does where links are broken.
    made = statement.lstrip().upper().startswith("INSERT")
    return [step for step in whole if not made or step.split()[1] in statement]


def _of_postgres(driver: Any, statement: str) -> Iterator[str]:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(NAMED.findall(statement)), 1)}
    asked = NAMED.sub(lambda found: f"${numbers[found[1]]}", statement).replace("%%", "%")
    cursor = driver.cursor()
    # On tables with a few rows everything is read whole unless that is forbidden.
    for setting in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin"):
        cursor.execute(f"SET LOCAL {setting} = off")
    ((plan,),) = cursor.execute(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {asked}").fetchall()
    yield from _walked(plan[0]["Plan"], limited=False)


def _walked(node: dict[str, Any], *, limited: bool) -> Iterator[str]:
    kind, limited = node["Node Type"], limited or node["Node Type"] == "Limit"
    table = node.get("Relation Name", "")
    whole = kind == "Seq Scan" or (kind.startswith("Index") and "Index Cond" not in node and not limited)
    if table and whole and _grows(table):
        yield f"{kind} on {table} {node.get('Index Name', '')}"
    for inner in node.get("Plans", []):
        yield from _walked(inner, limited=limited)


def _grows(name: str) -> bool:
    """Whether a table of that name or alias grows; lists that a query makes for itself do not."""
    table = re.sub(r"_\d+$", "", name.strip("()").lower())
    return table not in SMALL and not table.startswith(("anon", "constant", "subquery", "param"))
