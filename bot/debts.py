"""Notifies the courier of new rows in the outbox, so that it need not poll fast."""

import asyncio
from datetime import datetime

from bot.ports.adapter import Address
from bot.ports.reply import Reply
from storage.values import frozen


@frozen
class FreshAnswer:
    """An answer just stored in the outbox, passed in memory so that it need not be read back.

    Attributes:
        id: the row's id.
        dedupe_key: the row's key, unique to this delivery.
        stored_at: when, aware, UTC.
    """

    id: int
    dedupe_key: str
    platform: str
    address: Address
    reply: Reply
    stored_at: datetime


class Debts:
    """The notifications for the courier. Losing one loses no delivery: the outbox's rows are polled too."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self._fresh: list[FreshAnswer] = []
        self._rows_waiting = True

    def push(self, fresh: FreshAnswer) -> None:
        """Pass on an answer whose row is committed and leased to this process."""
        self._fresh.append(fresh)
        self._changed.set()

    def notify(self) -> None:
        """Notify that the outbox may have new rows."""
        self._rows_waiting = True
        self._changed.set()

    def wake(self) -> None:
        """Wake the courier without new rows."""
        self._changed.set()

    def pull(self) -> tuple[list[FreshAnswer], bool]:
        """Return, and reset, the answers passed on and whether the outbox may have other new rows."""
        fresh, rows_waiting = self._fresh, self._rows_waiting
        self._fresh, self._rows_waiting = [], False
        self._changed.clear()
        return fresh, rows_waiting

    async def wait(self, seconds: float) -> bool:
        """Wait for a notification; False when none came for so many seconds."""
        # Not wait_for: before Python 3.12 it swallows a cancellation that coincides with the event.
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        return True
