"""Retries parked updates while the bot runs: after temporary errors of Telegram, or when the operator unparks them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlmodel import Session
from telegram import Update

from bot.core import Core
from bot.troubles import Troubles
from storage.traffic import inbox

EVERY = 20.0
"""Seconds between two checks."""
OLDER = timedelta(minutes=1)
"""The least age of an update to retry: newer ones may just be handled, here or by another process."""
WAITS = (60.0, 300.0, 1800.0, 7200.0, 21600.0)
"""Seconds before each retry of an update; after the last it is left to the operator."""
Replay = Callable[[timedelta], Awaitable[None]]


class Revisits:
    """Retries updates that were parked after a temporary error, after increasing delays.

    Args:
        replay: handles stored updates that are unfinished, not parked, and at least of this age.
    """

    def __init__(self, core: Core, replay: Replay) -> None:
        self._core = core
        self._replay = replay
        self._troubles = Troubles("telegram")
        self._tries: dict[str, int] = {}
        self._due: dict[str, float] = {}
        """By update id, when its retry is due, by the monotonic clock."""

    def note(self, updates: Sequence[Update]) -> None:
        """Schedule the retry of updates that were parked after a temporary error."""
        for one in (str(update.update_id) for update in updates):
            tried = self._tries.get(one, 0)
            if tried < len(WAITS):
                self._tries[one] = tried + 1
                self._due[one] = asyncio.get_running_loop().time() + WAITS[tried]

    async def run(self) -> None:
        """Retry due updates at intervals until cancelled; errors of the store are logged."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """Unpark due updates, and handle all unfinished ones."""
        with self._troubles.guard(part="set aside"):
            await self._let_go()
            await self._replay(OLDER)

    async def _let_go(self) -> None:
        now = asyncio.get_running_loop().time()
        due = [one for one, at in self._due.items() if at <= now]
        if not due:
            return

        def job(session: Session) -> None:
            for one in due:
                inbox.unpark(session, one)

        await self._core.store.write(job)
        for one in due:
            del self._due[one]
