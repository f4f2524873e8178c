"""Everything the store holds, and what of it is tied to a person."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlmodel import Session, SQLModel

from bot.settings.config import Settings
from storage.privacy import erasure
from tests.features.wanderers import FORUM, PLAZA, opened
from tests.stage import BareStage

Rows = dict[str, list[dict[str, Any]]]
Dump = Callable[[], Awaitable[Rows]]


@dataclass(frozen=True)
class EveryTable:
    """What reads all rows, and what tells which tables have any."""

    rows: dict[str, Select[Any]]
    filled: str


@pytest.fixture(scope="session")
def every_table() -> EveryTable:
    rows = {table.name: select(table) for table in SQLModel.metadata.sorted_tables}
    filled = (f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in rows)  # noqa: S608 - own names
    return EveryTable(rows, " UNION ALL ".join(filled))


@pytest.fixture
def dump(stage: BareStage, every_table: EveryTable) -> Dump:
    """Reads every row of every table."""

    def job(session: Session) -> Rows:
        connection = session.connection()
        # Most tables are empty: one statement tells which, instead of one for each.
        filled = set(connection.exec_driver_sql(every_table.filled).scalars())
        return {
            name: [dict(row) for row in connection.execute(rows).mappings()] if name in filled else []
            for name, rows in every_table.rows.items()
        }

    async def read() -> Rows:
        return await stage.core.store.read(job)

    return read


@pytest.fixture
def tied(dump: Dump) -> Callable[[str], Awaitable[list[str]]]:
    """Every row that a person owns, as text, apart from the person's own two."""
    owners = {(table.name, column.name) for table, column, mark in erasure.personal_columns() if mark.owner}

    async def read(account: str) -> list[str]:
        rows = await dump()
        mine = {row["member_id"] for row in rows["identity"] if row["external_id"] == account}
        return [
            f"{table} {row}"
            for table, column in sorted(owners)
            if table != "identity"
            for row in rows[table]
            if row[column] in mine
        ]

    return read


@pytest.fixture
async def several(settings: Settings) -> AsyncIterator[BareStage]:
    async for stage in opened(settings, PLAZA, FORUM):
        yield stage


@pytest.fixture
async def closed(settings: Settings) -> AsyncIterator[BareStage]:
    async for stage in opened(settings, PLAZA.model_copy(update={"closed": True})):
        yield stage
