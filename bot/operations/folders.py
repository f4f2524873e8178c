"""Watches the folders that knowledge was synchronised with, and reads them again when their files change."""

import asyncio
from functools import partial
from pathlib import Path

import structlog

from bot.core import Core
from bot.errors import OperatorError
from bot.knowledge.sources.places import read_place, stamp
from bot.recurring import repeat
from bot.transfer import syncing
from storage.answers import sources
from storage.models import Community, KnowledgeSource
from storage.people import communities


class Folders:
    """The folders of all communities; files and pages that were named alone are read by `knowledge sync` only."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._met: dict[str, str] = {}
        """By folder, its state a minute ago: it is read once that stays the same, since a checkout takes a while."""
        self._told: set[tuple[str, str]] = set()
        """The folders, and their states, that could not be read and were logged."""

    async def run(self) -> None:
        """Check the folders now and every minute, until cancelled."""
        await repeat(self.look, self._core.clock, "15")

    async def look(self) -> None:
        """Read each folder again that changed since it was read and is unchanged since the last check."""
        for community in await self._core.store.read(communities.every):
            for source in await self._core.store.read(partial(sources.every, community_id=community.id)):
                if Path(source.place).is_absolute():
                    await self._look_at(community, source)

    async def _look_at(self, community: Community, source: KnowledgeSource) -> None:
        folder = Path(source.place)
        if not folder.is_dir():
            return
        now = await asyncio.to_thread(stamp, folder)
        before, self._met[source.place] = self._met.get(source.place), now
        if now and now == before and now != source.version:
            await self._sync(community, folder, now)

    async def _sync(self, community: Community, folder: Path, state: str) -> None:
        try:
            reading = await asyncio.to_thread(read_place, folder)
        except (OperatorError, OSError) as error:
            self._tell(folder, state, type(error).__name__)
            return
        if not reading.holds_answers:
            self._tell(folder, state, "no answers")
            return
        plan = syncing.prepare(self._core, community, [reading], None, lambda _: None, alone=False)
        change, number = await plan.carry_out()
        counts = {"added": len(change.added), "changed": len(change.changed), "removed": len(change.removed)}
        structlog.get_logger().info("knowledge", folder=folder.name, undo=number, **counts)

    def _tell(self, folder: Path, state: str, error: str) -> None:
        if (folder.name, state) not in self._told:
            self._told.add((folder.name, state))
            mend = "the folder's answers stay as they were: portevoix knowledge sync tells more"
            structlog.get_logger().error("knowledge", folder=folder.name, error=error, mend=mend)
