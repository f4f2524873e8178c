"""Everything the store holds, and what of it is tied to a person."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from bot.settings.config import Settings
from storage.privacy import erasure
from tests.features.wanderers import FORUM, PLAZA, opened
from tests.stage import BareStage

Rows = dict[str, list[dict[str, Any]]]
Dump = Callable[[], Awaitable[Rows]]


@pytest.fixture
def dump(stage: BareStage) -> Dump:
    """Reads every row of every table."""

    def job(session: Session) -> Rows:
        tables = SQLModel.metadata.sorted_tables
        return {
            table.name: [dict(row) for row in session.connection().execute(select(table)).mappings()]
            for table in tables
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
