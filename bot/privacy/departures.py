"""Erases the nameless items and questions of erased people one by one, each at its planned moment.

`storage.privacy.departures` plans these moments.
"""

import asyncio
import contextlib
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from bot.core import Core
from bot.privacy import forgetting, persons
from bot.timekeeping import Timekeeping
from bot.troubles import Troubles
from storage.engine.errors import StoreError
from storage.models import Departure
from storage.privacy import departures
from storage.privacy.departures import Nameless, Plan
from storage.privacy.erasure import scrub
from storage.reports import digests

FIRST, EVERY = 60.0, 300.0
"""Seconds from the start to the first check, and from each to the next."""
LATE = timedelta(hours=1)
"""After a longer pause of the bot, moments are drawn anew: else all that became due would be erased together."""


class Departures:
    """The job that erases at most one nameless thing of each person every few minutes, and the rest after a week."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._troubles = Troubles("departures")
        self._time = Timekeeping(core.store, core.clock, core.platform_time)

    async def run(self) -> None:
        """Erase what is due, again and again, until cancelled."""
        await asyncio.sleep(FIRST)
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Erase what is due, unless the clock is wrong."""
        trusted = False
        with self._troubles.guard(part="clock"):
            trusted = await self._time.trusted()
        if trusted:
            await self.clear()

    async def clear(self) -> None:
        """Erase what is due of each person; an error is logged and does not keep the others' from being erased."""
        rows: list[Departure] = []
        with self._troubles.guard():
            rows = await self._rows()
        changed = False
        for row in rows:
            with self._troubles.guard(part="one of them"):
                changed |= await self._attend(row)
        if changed:
            # A log that cannot be emptied now is emptied by the next sweep.
            with contextlib.suppress(StoreError):
                await self._core.store.maintain(scrub)

    async def _rows(self) -> list[Departure]:
        found: list[Departure] = []
        while page := await self._core.store.read(partial(departures.page, after=found[-1].id if found else 0)):
            found += page
        return found

    async def _attend(self, row: Departure) -> bool:
        """Erase what is due of a departure, each item in its own transaction; return whether anything was due."""
        changed = False
        while await self._core.store.read(lambda session: self._is_due(session, row)):
            changed = True
            if not await self._core.store.write(lambda session: self._step(session, row.id)):
                break
        return changed

    def _is_due(self, session: Session, row: Departure) -> bool:
        # Checked without a lock first, since there is usually nothing to do.
        made, left = self._left(session, row)
        now = self._core.clock.now()
        return now >= made.until or made.lies_ahead(now) or bool(left and made.moment(left[0]) <= now)

    def _step(self, session: Session, row_id: int) -> bool:
        """Erase the next thing, renew a late plan, or delete one that is over; return whether more may be due."""
        digests.hold(session)
        row, now = departures.hold(session, row_id), self._core.clock.now()
        if row is None:
            return False
        made, left = self._left(session, row)
        if made.lies_ahead(now):
            departures.renew(self._core.store.keys, row, made.begun_anew(now))
            return False
        if now < made.until and left and made.moment(left[0]) < now - LATE:
            departures.renew(self._core.store.keys, row, made.renewed(now))
            return False
        if left:
            forgetting.erase_nameless(session, self._core, left[0])
        elif now >= made.until:
            session.delete(row)
            return False
        return now >= made.until

    def _left(self, session: Session, row: Departure) -> tuple[Plan, list[Nameless]]:
        made = departures.read(self._core.store.keys, row)
        return made, departures.left(session, made, persons.nameless_marks(session, self._core, made.member_id))
