"""Tells the courier what is owed: an answer that was just stored in memory, the rest by a look at the outbox."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.ports.adapter import Address
from bot.ports.reply import Reply


@dataclass(frozen=True, slots=True)
class Fresh:
    """An answer stored in the outbox a moment ago, which need not be read back.

    Attributes:
        id: the row's.
        dedupe_key: the row's, unique to this delivery.
        stored_at: when, aware, UTC.
    """

    id: int
    dedupe_key: str
    platform: str
    address: Address
    reply: Reply
    stored_at: datetime


class Debts:
    """What the courier is told. The outbox's rows are the promise; this only spares reading them at once."""

    def __init__(self) -> None:
        self._told = asyncio.Event()
        self._fresh: list[Fresh] = []
        self._stored = True

    def hand(self, fresh: Fresh) -> None:
        """Hand on an answer whose row is committed and leased to this process."""
        self._fresh.append(fresh)
        self._told.set()

    def note(self) -> None:
        """Say that something may wait in the outbox."""
        self._stored = True
        self._told.set()

    def wake(self) -> None:
        """Have the courier go round once more."""
        self._told.set()

    def take(self) -> tuple[list[Fresh], bool]:
        """What was handed on since the last time, and whether anything else may wait in the outbox."""
        fresh, stored = self._fresh, self._stored
        self._fresh, self._stored = [], False
        self._told.clear()
        return fresh, stored

    async def wait(self, seconds: float) -> bool:
        """Wait until something is told; False when nothing was for so long."""
        # Not wait_for: before Python 3.12 it swallows a cancellation that comes with the event.
        try:
            async with asyncio.timeout(seconds):
                await self._told.wait()
        except TimeoutError:
            return False
        return True
