"""The job that guesses the area of items that were filed without one, from those whose area the team knows."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from bot.core import Core
from bot.locales.areas import Areas
from bot.recurring import repeat, visit_each
from bot.troubles import Troubles
from storage.items.desk import areas
from storage.items.desk.areas import Said
from storage.models import Community
from storage.privacy.blending import blend

LEAST = 30
"""Items with an area from which on it is learnt."""
TAUGHT = 2_000
"""The newest items of a community that are learnt from."""
AT_ONCE = 200
DAY = timedelta(hours=49)
"""What is nameless is stored as filed at the beginning of its day, wherever that is."""
MORE = 1.1
"""By how much those that are learnt from have to grow for what was not guessed to be tried again."""


class Guesses:
    """Guesses areas; nothing of what was learnt is kept, so that no erased word is left in it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("areas")
        self._tried: dict[int, tuple[int, set[int]]] = {}
        """By community, how many items were learnt from, and the ids of those that were looked at with it."""

    async def run(self) -> None:
        """Look now and every minute, until cancelled."""
        await repeat(self.look, self._core.clock, "35")

    async def look(self) -> None:
        """Guess what can be guessed in each community; errors are logged."""
        await visit_each(self._core.store, self._troubles, self._guess)

    async def _guess(self, community: Community) -> None:
        waiting = await self._core.store.read(lambda session: areas.unplaced(session, community.id, AT_ONCE))
        if not waiting:
            return
        taught = await self._taught(community)
        untried = self._untried(community.id, len(taught), waiting)
        if not untried:
            return
        found = await self._label(taught, untried)
        for nameless in (False, True):
            some = {one.id: found[one.id] for one in untried if one.nameless is nameless and one.id in found}
            if some:
                await self._core.store.write(partial(self._keep, found=some, nameless=nameless))

    async def _taught(self, community: Community) -> list[Said]:
        """What is learnt from: of the areas that the community has now."""
        offered = Areas(self._core.settings_of(community).areas, self._core.understood(community).values()).offered
        placed = await self._core.store.read(lambda session: areas.placed(session, community.id, TAUGHT))
        return [one for one in placed if one.area in offered]

    def _untried(self, community_id: int, taught: int, waiting: Sequence[Said]) -> list[Said]:
        """Those that were not looked at with as much to learn from."""
        before, tried = self._tried.get(community_id, (0, set()))
        if taught > before * MORE:
            before, tried = taught, set()
        self._tried[community_id] = before, {one.id for one in waiting}
        return [one for one in waiting if one.id not in tried]

    async def _label(self, taught: Sequence[Said], untried: Sequence[Said]) -> dict[int, str]:
        if len(taught) < LEAST:
            return {}
        from bot.language.search.labelling import label  # noqa: PLC0415 - it brings numpy

        known, texts = [(one.text, one.area) for one in taught], [one.text for one in untried]
        encoder = await self._core.library.encoder()
        labels = await asyncio.to_thread(label, known, texts, encoder, self._core.languages.codes, LEAST)
        return {one.id: area for one, area in zip(untried, labels, strict=True) if area}

    def _keep(self, session: Session, found: dict[int, str], *, nameless: bool) -> None:
        """Store guesses; of nameless items so that on PostgreSQL nothing tells when they were filed."""
        areas.guess(session, found)
        if nameless:
            blend(session, self._core.clock.now() - DAY)
