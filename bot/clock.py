"""Tells the time."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the core asks for the time; tests and the demo have their own."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""

    async def moved(self) -> None:
        """Return when somebody moved the clock."""


class SystemClock:
    """The machine's clock; nobody moves it."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)

    async def moved(self) -> None:
        """Never returns."""
        await asyncio.Event().wait()


class MovableClock:
    """The demo's clock: runs like the machine's, some time ahead of it."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """The present instant of the demo, aware, UTC."""
        return datetime.now(UTC) + self.ahead

    def move_to(self, moment: datetime) -> None:
        """Jump to an instant; a clock never goes back."""
        self.ahead = max(self.ahead, moment - datetime.now(UTC))
        self._moved.set()

    async def travel(self, moment: datetime) -> None:
        """Jump to an instant as a person does, and return when what comes of it has happened."""
        self.move_to(moment)

    async def moved(self) -> None:
        """Return when the clock was moved."""
        await self._moved.wait()
        self._moved.clear()
