"""The clocks: the machine's, and one the demo can set forward."""

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol


class Clock(Protocol):
    """Gives the core the time; tests and the demo have clocks of their own."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""

    async def moved(self) -> None:
        """Wait until the clock is set forward; callers then check again what is due."""


class SystemClock:
    """The machine's clock, which is never set forward."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)

    async def moved(self) -> None:
        """Never returns."""
        await asyncio.Event().wait()


class MovableClock:
    """A clock that runs like the machine's, ahead of it by a span that can be increased.

    Attributes:
        ahead: how far it is ahead of the machine's clock.
    """

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """This clock's present instant, aware, UTC."""
        return datetime.now(UTC) + self.ahead

    def move_to(self, moment: datetime) -> None:
        """Set the clock forward to an instant; an earlier one changes nothing."""
        self.ahead = max(self.ahead, moment - datetime.now(UTC))
        self._moved.set()

    async def travel(self, moment: datetime) -> None:
        """Set the clock forward for a visitor, and return when everything due by then is done."""
        self.move_to(moment)

    async def moved(self) -> None:
        """Wait until the clock is set forward."""
        await self._moved.wait()
        self._moved.clear()


def start_of_day(at: datetime, zone: tzinfo) -> datetime:
    """The first instant of the local day an instant is in, in UTC."""
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
