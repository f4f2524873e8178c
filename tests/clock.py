"""A clock that stands still until a test moves it."""

import asyncio
from datetime import UTC, datetime, timedelta

WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


class StillClock:
    def __init__(self, start: datetime = WEDNESDAY) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time

    async def moved(self) -> None:
        await asyncio.Event().wait()

    def forward(self, **span: float) -> None:
        self.time += timedelta(**span)
