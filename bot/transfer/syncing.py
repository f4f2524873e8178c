"""Synchronises a community's knowledge with its sources."""

from collections.abc import Callable, Collection, Sequence

from sqlmodel import Session

from bot.core import Core
from bot.knowledge.sources import Problem
from bot.knowledge.sources.homonyms import tell_apart
from bot.knowledge.sources.places import Reading
from bot.transfer.changes import Change, Scope, carry_out, compare, held_entries
from bot.transfer.knowledge import entries_of
from storage.answers import sources
from storage.answers.knowledge import Entry
from storage.models import Community
from storage.values import frozen

Tell = Callable[[Problem], None]


@frozen
class Syncing:
    """A synchronisation that is ready to be run.

    Attributes:
        alone: whether answers from other sources are removed.
    """

    core: Core
    community: Community
    readings: Sequence[Reading]
    entries: Sequence[Entry]
    alone: bool

    async def preview(self) -> Change:
        """The change that it would make."""
        return await self.core.store.read(self._compare)

    async def others(self, change: Change) -> tuple[int, int]:
        """The number of answers from other sources that a change removes, and the number there are."""
        ours = within([reading.place for reading in self.readings])
        held = await self.core.store.read(lambda session: held_entries(session, self.community.id))
        total = sum(bool(one.source) and not ours(one.source) for one in held.values())
        return sum(not ours(one.source) for one in change.removed), total

    async def carry_out(self) -> tuple[Change, int | None]:
        """Change the knowledge; return the change, and the id to undo it by."""
        at = self.core.clock.now()

        def job(session: Session) -> tuple[Change, int | None]:
            change = self._compare(session)
            number = carry_out(session, self.community.id, change, at)
            for reading in self.readings:
                sources.keep(session, self.community.id, reading.place, reading.version, at)
            if self.alone:
                others = {one.place for one in sources.every(session, self.community.id)}
                sources.drop(session, self.community.id, others - {reading.place for reading in self.readings})
            return change, number

        return await self.core.store.write(job)

    def _compare(self, session: Session) -> Change:
        places = [reading.place for reading in self.readings]
        as_before = {reading.place for reading in self.readings if reading.unchanged}
        held = held_entries(session, self.community.id).values()
        entries = [*self.entries, *(one for one in held if one.source in as_before)]
        return compare(session, self.community.id, entries, _everywhere if self.alone else within(places))


def prepare(
    core: Core, community: Community, readings: Sequence[Reading], language: str | None, tell: Tell, *, alone: bool
) -> Syncing:
    """Prepare a synchronisation.

    Args:
        readings: the sources as they were read.
        language: the language of answers without one; None detects it.
        tell: called with each problem.
        alone: whether answers from other sources are removed.
    """
    found = tell_apart(one for reading in readings for one in reading.found)
    return Syncing(core, community, readings, entries_of(core, community, found, language, tell), alone)


async def remove(core: Core, community: Community, ids: Collection[str], places: Collection[str]) -> tuple[Change, int]:
    """Remove answers by their ids, and all answers of some sources; return the change, and the id to undo it by.

    The id is 0 when there was nothing to remove.
    """
    at, from_places = core.clock.now(), within(places)

    def job(session: Session) -> tuple[Change, int]:
        held_now = held_entries(session, community.id).values()
        gone = [one for one in held_now if one.external_id in ids or (one.source and from_places(one.source))]
        change = Change((), (), gone, 0, (), gone)
        number = carry_out(session, community.id, change, at)
        held = {one.place for one in sources.every(session, community.id) if from_places(one.place)}
        sources.drop(session, community.id, held)
        return change, number or 0

    return await core.store.write(job)


def within(places: Collection[str]) -> Scope:
    """A function that tells whether a source is one of these places, or in one of these folders."""
    return lambda source: any(source == place or source.startswith(place.rstrip("/") + "/") for place in places)


def _everywhere(_: str) -> bool:
    return True
