"""Looks every few minutes for what unusually many people have written about in the last day."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.core import Core
from bot.features.alerts.recording import MUTED, REOPENED, Count, count, record
from bot.features.alerts.scene import MOST, MOST_BY_WORDS, Memory, Past, Scene, read, read_past
from bot.feedback.telling.occasions import Occasion
from bot.language.encoding.encoders import LEXICAL
from bot.recurring import repeat
from bot.signals.watching import FEWEST_FOR_ALERT
from bot.timekeeping import Timekeeping
from bot.troubles import Troubles
from storage.items.signals import alerts
from storage.models import Alert, Community
from storage.people import communities
from storage.vocabulary import Alarm, Kind

if TYPE_CHECKING:
    from bot.features.alerts.assignment import Assignment
    from bot.language.encoding.encoder import Encoder

AT = "20"
"""The second of each minute at which to look."""
SLACK = timedelta(seconds=30)
"""How much earlier than its interval a look may come, so that it is not put off by a whole minute."""


class Watch:
    """The job that looks for alerts in all communities."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._time = Timekeeping(core.store, core.clock, core.platform_time)
        self._troubles = Troubles("alerts")
        self._memories: dict[int, Memory] = {}

    async def run(self) -> None:
        """Look now and every few minutes, until cancelled."""
        await repeat(self.look, self._core.clock, AT)

    async def look(self) -> None:
        """Look in the communities whose interval has passed, unless the clock is wrong; errors are logged."""
        with self._troubles.guard():
            if await self._time.trusted():
                await self.catch_up()

    async def catch_up(self) -> None:
        """Look in the communities whose interval has passed."""
        now = self._core.clock.now()
        await self._core.store.write(lambda session: alerts.close(session, now - REOPENED, now - MUTED, now))
        for community in await self._core.store.read(communities.every):
            at = Occasion(self._core, community, now)
            memory = self._memories.setdefault(community.id, Memory())
            waited = memory.looked is None or now - memory.looked >= timedelta(minutes=at.own.alerts.every) - SLACK
            if at.own.alerts.on and (waited or (memory.looked is not None and now < memory.looked)):
                memory.looked = now
                with self._troubles.guard(community=community.key):
                    await self._look(community, memory)

    async def _look(self, community: Community, memory: Memory) -> None:
        store, at = self._core.store, Occasion(self._core, community, self._core.clock.now())
        most = MOST_BY_WORDS if self._core.settings.encoder == LEXICAL else MOST
        scene = await store.read(partial(read, at=at, memory=memory, most=most))
        if scene is None or (len(scene.items) < FEWEST_FOR_ALERT and not scene.known):
            return
        # Loaded only now: with so few messages there is no alert, and it takes more memory than all else.
        encoder = await self._core.library.encoder()
        assigned = await asyncio.to_thread(_assign, scene, memory, encoder, self._core.languages.codes)
        memory.note(scene, at.now)
        new: list[Count] = []
        if assigned.candidates:
            past = await store.read(partial(read_past, at=at, memory=memory, most=most))
            chosen = partial(_select, assigned, past, memory, encoder, self._core.languages.codes)
            new = await asyncio.to_thread(chosen, at)
        memory.forget(scene.items)
        known = _counts(assigned, memory, at)
        if (known or new) and not await store.write(partial(record, at=at, known=known, new=new, latest=scene.latest)):
            # Another process was first: the next look compares everything again.
            self._memories[community.id] = Memory(looked=memory.looked)


def _assign(scene: Scene, memory: Memory, encoder: "Encoder | None", languages: tuple[str, ...]) -> "Assignment":
    # Imported here, and in a thread of its own: it brings numpy and scipy.
    from bot.features.alerts import assignment  # noqa: PLC0415

    space = assignment.make_space(scene.items, encoder, languages, memory.vectors, scene.day)
    memory.vectors |= space.made
    return assignment.assign(scene, space)


def _select(
    assigned: "Assignment",
    past: Past,
    memory: Memory,
    encoder: "Encoder | None",
    languages: tuple[str, ...],
    at: Occasion,
) -> list[Count]:
    from bot.features.alerts import assignment  # noqa: PLC0415 - as above

    there = {item.id for item in assigned.scene.items}
    past = replace(past, items=tuple(item for item in past.items if item.id not in there))
    both = (*assigned.scene.items, *past.items)
    space = assignment.make_space(both, encoder, languages, memory.vectors, assigned.scene.day)
    memory.vectors |= space.made
    found = []
    for one, usual in assignment.select_alerts(assigned, past, space):
        counted = _count(assigned, one.rows, memory, at, goes_on=False)
        if one.alarm is not Alarm.THEME and counted.people < FEWEST_FOR_ALERT:
            # Unrelated items, some of them filed hours ago, are no crisis.
            continue
        kind, area = one.kind or counted.kind, one.area or counted.area
        counted = replace(counted, about=one.alarm, usual=usual, kind=kind, area=area)
        # Nameless items are not stored with an alert: one of these alone is recognised by its kind.
        found.append(counted if counted.items else _unnamed(counted))
    return found


def _unnamed(counted: Count) -> Count:
    if counted.questions == counted.number:
        return replace(counted, about=Alarm.QUESTIONS)
    return replace(counted, about=Alarm.KIND, kind=counted.kind or Kind.PROBLEM)


def _counts(assigned: "Assignment", memory: Memory, at: Occasion) -> dict[int, Count]:
    alive: dict[int, Alert] = {known.alert.id: known.alert for known in assigned.scene.known}
    return {
        own: _count(assigned, rows, memory, at, goes_on=alive[own].over_at is None)
        for own, rows in assigned.members.items()
        if alive[own].dismissed_at is None
    }


def _count(assigned: "Assignment", rows: tuple[int, ...], memory: Memory, at: Occasion, *, goes_on: bool) -> Count:
    from bot.features.alerts.assignment import area_of, kind_of  # noqa: PLC0415 - as above

    items = [assigned.scene.items[row] for row in rows]
    dated = [(item, memory.when(item, goes_on=goes_on)) for item in items]
    return count(dated, kind_of(items), area_of(items), at.now)
