"""Handles again, while the bot runs, what was set aside after a fault of Telegram's or let go on by the operator."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlmodel import Session
from telegram import Update

from bot.core import Core
from bot.troubles import Troubles
from storage.traffic import inbox

EVERY = 20.0
"""Seconds from each look to the next."""
OLDER = timedelta(minutes=1)
"""How old an update is at least that is taken up: newer ones are just being handled, here or by another process."""
WAITS = (60.0, 300.0, 1800.0, 7200.0, 21600.0)
"""Seconds before each time an update is handled again; after the last it is left to the operator."""
Replay = Callable[[timedelta], Awaitable[None]]


class Revisits:
    """Lets updates that were set aside be handled again, after growing waits.

    Args:
        replay: handles what is stored, not finished, not set aside, and at least so old.
    """

    def __init__(self, core: Core, replay: Replay) -> None:
        self._core = core
        self._replay = replay
        self._troubles = Troubles("telegram")
        self._tries: dict[str, int] = {}
        self._due: dict[str, float] = {}
        """By id, when an update is due, by the monotonic clock."""

    def note(self, updates: Sequence[Update]) -> None:
        """Note updates that were set aside after a fault that passes."""
        for one in (str(update.update_id) for update in updates):
            tried = self._tries.get(one, 0)
            if tried < len(WAITS):
                self._tries[one] = tried + 1
                self._due[one] = asyncio.get_running_loop().time() + WAITS[tried]

    async def run(self) -> None:
        """Look again and again until cancelled; errors of the store are logged."""
        while True:
            await asyncio.sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """Handle what is due."""
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
