"""A desk at which files are brought in: what comes of them, in the order it was filed."""

import io
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.core import Core
from bot.knowledge.sources import Problem
from bot.locales.areas import Areas
from bot.transfer.incoming import preview
from bot.transfer.incoming.intake import ImportOptions, Summary, load
from bot.transfer.incoming.presets import PRESETS
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.rows import CellContext, Row, read_rows
from bot.transfer.incoming.values.statuses import Statuses
from bot.transfer.words import Kinds
from storage.items import feedback
from storage.items.importing import walking
from storage.models import Community, Feedback, History, Outbox


@dataclass
class Desk:
    """Brings files into a community."""

    core: Core
    community: Community
    problems: list[Problem] = field(default_factory=list)

    def rows(self, content: bytes | str, tool: str = "csv", *, day_first: bool = True) -> list[Row | Problem]:
        """The rows of a file."""
        source = Source(io.BytesIO(content.encode() if isinstance(content, str) else content), "file.csv")
        preset, speeches = PRESETS[tool], self.core.languages.all().values()
        context = CellContext(
            Kinds(self.core.registry, speeches),
            Areas((), speeches),
            ZoneInfo(preset.zone or self.community.timezone),
            Statuses(speeches, preset.statuses),
            day_first=day_first,
            named=preset.named,
        )
        return list(read_rows(preset.open(source).records(), context))

    async def brings(self, content: bytes | str, tool: str = "csv", *, quotable: bool = False) -> Summary:
        """Bring a file in."""
        rows, way = self.rows(content, tool), ImportOptions(PRESETS[tool].scope, quotable)
        return await load(self.core, self.community, rows, self.problems.append, lambda _: None, way)

    async def previews(self, content: bytes | str, tool: str = "csv") -> str:
        """What would come of a file, in words."""
        way = ImportOptions(PRESETS[tool].scope)
        found = await preview.survey(self.core, self.community, self.rows(content, tool), way)
        return "\n".join(preview.lines(found, "file.csv", (), way))

    async def owed(self) -> list[Outbox]:
        """What anybody is to be told."""
        return await self.core.store.read(lambda session: list(session.exec(select(Outbox))))

    async def items(self) -> list[Feedback]:
        """What is there."""
        return await self.core.store.read(
            lambda session: [item for item, _ in walking.walk(session, self.community.id)]
        )

    async def history(self, item: Feedback) -> list[History]:
        """What happened to an item."""
        return await self.core.store.read(lambda session: list(feedback.history(session, item.id)))
