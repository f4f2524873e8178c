"""A community to fill, and what its store holds afterwards."""

import io
import json
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import Core
from bot.locales.areas import Areas
from bot.transfer.incoming import pace
from bot.transfer.incoming.intake import ImportOptions, load
from bot.transfer.incoming.reading.sheet import Sheet
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.rows import CellContext, read_rows
from bot.transfer.incoming.values.statuses import Statuses
from bot.transfer.outgoing.export import write_json
from bot.transfer.words import Kinds
from storage.items.importing import walking
from storage.models import Community, Feedback
from storage.people import communities
from tests.stage import BareStage, Person
from tests.transfer.exporting import Export, written

Items = Callable[[], Awaitable[list[Feedback]]]


def take(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an import have so many rows in each transaction."""
    for name in ("LEAST", "MOST"):
        monkeypatch.setattr(pace, name, rows)


@pytest.fixture
async def plaza(core: Core) -> Community:
    return (await core.store.read(communities.every))[0]


@pytest.fixture
def items(core: Core, plaza: Community) -> Items:
    """Every item of the community, in order."""

    async def read() -> list[Feedback]:
        return await core.store.read(lambda session: [item for item, _ in walking.walk(session, plaza.id)])

    return read


@pytest.fixture
def camille(stage: BareStage) -> Person:
    return Person(stage, "Camille")


async def load_table(core: Core, community: Community, table: str) -> Any:
    """Import an exported table."""
    speeches = core.languages.all().values()
    zone = ZoneInfo(community.timezone)
    reading = CellContext(Kinds(core.registry, speeches), Areas((), speeches), zone, Statuses(speeches))
    sheet = Sheet(Source(io.BytesIO(table.encode()), "export.csv"))
    way = ImportOptions("portevoix" if sheet.exported else "csv", exported=sheet.exported)
    return await load(core, community, read_rows(sheet.records(), reading), lambda _: None, lambda _: None, way)


@pytest.fixture
def exported(core: Core, plaza: Community) -> Export:
    async def read() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(await written(core, plaza, write_json))
        return found

    return read
