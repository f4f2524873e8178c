"""Looks every few minutes for what suddenly many people write about."""

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
    from bot.features.alerts.weighing import Weighing
    from bot.language.encoding.encoder import Encoder

AT = "20"
"""The second of each minute at which to look."""
SLACK = timedelta(seconds=30)
"""A look that comes this much early is not left to the next minute."""


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
        """Look in the communities whose time has come, unless the clock is wrong; errors are logged."""
        with self._troubles.guard():
            if await self._time.trusted():
                await self.catch_up()

    async def catch_up(self) -> None:
        """Look in the communities whose time has come."""
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
        weighed = await asyncio.to_thread(_weigh, scene, memory, encoder, self._core.languages.codes)
        memory.note(scene, at.now)
        new: list[Count] = []
        if weighed.candidates:
            past = await store.read(partial(read_past, at=at, memory=memory, most=most))
            chosen = partial(_choose, weighed, past, memory, encoder, self._core.languages.codes)
            new = await asyncio.to_thread(chosen, at)
        memory.forget(scene.items)
        known = _counts(weighed, memory, at)
        if (known or new) and not await store.write(partial(record, at=at, known=known, new=new, latest=scene.latest)):
            # Another process was first: everything is looked at again with the next look.
            self._memories[community.id] = Memory(looked=memory.looked)


def _weigh(scene: Scene, memory: Memory, encoder: "Encoder | None", languages: tuple[str, ...]) -> "Weighing":
    # Imported here, and in a thread of its own: it brings numpy and scipy.
    from bot.features.alerts import weighing  # noqa: PLC0415

    space = weighing.make_space(scene.items, encoder, languages, memory.vectors, scene.day)
    memory.vectors |= space.made
    return weighing.weigh(scene, space)


def _choose(
    weighed: "Weighing",
    past: Past,
    memory: Memory,
    encoder: "Encoder | None",
    languages: tuple[str, ...],
    at: Occasion,
) -> list[Count]:
    from bot.features.alerts import weighing  # noqa: PLC0415 - as above

    there = {item.id for item in weighed.scene.items}
    past = replace(past, items=tuple(item for item in past.items if item.id not in there))
    both = (*weighed.scene.items, *past.items)
    space = weighing.make_space(both, encoder, languages, memory.vectors, weighed.scene.day)
    memory.vectors |= space.made
    found = []
    for one, usual in weighing.choose(weighed, past, space):
        counted = _count(weighed, one.rows, memory, at, goes_on=False)
        if one.alarm is not Alarm.THEME and counted.people < FEWEST_FOR_ALERT:
            # A few now and a few hours ago, about one thing and another, are nothing that goes on.
            continue
        kind, area = one.kind or counted.kind, one.area or counted.area
        counted = replace(counted, about=one.alarm, usual=usual, kind=kind, area=area)
        # What is said without names alone is recognised by its kind: none of it is stored with the alert.
        found.append(counted if counted.items else _unnamed(counted))
    return found


def _unnamed(counted: Count) -> Count:
    if counted.questions == counted.number:
        return replace(counted, about=Alarm.QUESTIONS)
    return replace(counted, about=Alarm.KIND, kind=counted.kind or Kind.PROBLEM)


def _counts(weighed: "Weighing", memory: Memory, at: Occasion) -> dict[int, Count]:
    alive: dict[int, Alert] = {known.alert.id: known.alert for known in weighed.scene.known}
    return {
        own: _count(weighed, rows, memory, at, goes_on=alive[own].over_at is None)
        for own, rows in weighed.members.items()
        if alive[own].dismissed_at is None
    }


def _count(weighed: "Weighing", rows: tuple[int, ...], memory: Memory, at: Occasion, *, goes_on: bool) -> Count:
    from bot.features.alerts.weighing import area_of, kind_of  # noqa: PLC0415 - as above

    items = [weighed.scene.items[row] for row in rows]
    dated = [(item, memory.when(item, goes_on=goes_on)) for item in items]
    return count(dated, kind_of(items), area_of(items), at.now)
