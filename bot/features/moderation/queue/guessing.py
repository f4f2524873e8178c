"""The job that predicts the area of items filed without one, from items whose area is known."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from bot.core import Core
from bot.feedback.desk.placement import predict_areas, training_examples
from bot.recurring import repeat, visit_each
from bot.troubles import Troubles
from storage.items.desk import areas
from storage.items.desk.areas import Said
from storage.models import Community
from storage.privacy.blending import blend

AT_ONCE = 200
DAY = timedelta(hours=49)
"""How far back the stored time of a nameless item may lie: it is the beginning of its day, in any time zone."""
MORE = 1.1
"""By what factor the training examples have to grow for items without a prediction to be tried again."""


class Guesses:
    """Predicts areas; the classifier is not kept, so that no erased words are left in it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("areas")
        self._tried: dict[int, tuple[int, set[int]]] = {}
        """By community, the number of training examples, and the ids of the items tried with them."""

    async def run(self) -> None:
        """Look now and every minute, until cancelled."""
        await repeat(self.look, self._core.clock, "35")

    async def look(self) -> None:
        """Predict areas in each community; errors are logged."""
        await visit_each(self._core.store, self._troubles, self._guess)

    async def _guess(self, community: Community) -> None:
        waiting = await self._core.store.read(lambda session: areas.unplaced(session, community.id, AT_ONCE))
        if not waiting:
            return
        known = await training_examples(self._core, community)
        untried = self._untried(community.id, len(known), waiting)
        if not untried:
            return
        found = await self._label(known, untried)
        for nameless in (False, True):
            some = {one.id: found[one.id] for one in untried if one.nameless is nameless and one.id in found}
            if some:
                await self._core.store.write(partial(self._keep, found=some, nameless=nameless))

    def _untried(self, community_id: int, examples: int, waiting: Sequence[Said]) -> list[Said]:
        """The items that were not tried with about as many training examples.

        Args:
            examples: the number of training examples.
            waiting: all items without an area.
        """
        before, tried = self._tried.get(community_id, (0, set()))
        if examples > before * MORE:
            before, tried = examples, set()
        self._tried[community_id] = before, {one.id for one in waiting}
        return [one for one in waiting if one.id not in tried]

    async def _label(self, known: Sequence[Said], untried: Sequence[Said]) -> dict[int, str]:
        labels = await predict_areas(self._core, known, [one.text for one in untried])
        return {one.id: area for one, area in zip(untried, labels, strict=True) if area}

    def _keep(self, session: Session, found: dict[int, str], *, nameless: bool) -> None:
        """Store predictions; those of nameless items so that transaction ids do not tell when they were filed."""
        areas.guess(session, found)
        if nameless:
            blend(session, self._core.clock.now() - DAY)
