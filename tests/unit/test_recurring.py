"""What is due is looked for at the start and whenever the clock is set forward."""

import asyncio
from datetime import timedelta
from itertools import count

import pytest

from bot.clock import MovableClock
from bot.recurring import repeat


async def test_it_looks_at_once_and_when_the_clock_is_set_forward() -> None:
    clock, looked = MovableClock(), asyncio.Queue[None]()

    async def look() -> None:
        looked.put_nowait(None)

    # Half a minute away: the look that is waited for is not that of the minute.
    second = (clock.now().second + 30) % 60
    job = asyncio.create_task(repeat(look, clock, str(second)))
    await asyncio.wait_for(looked.get(), 5)
    await asyncio.sleep(0)
    clock.move_to(clock.now() + timedelta(days=7))
    await asyncio.wait_for(looked.get(), 5)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job


async def test_stopped_amid_a_look_it_reports_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    begun = asyncio.Queue[None]()
    looks = count()

    async def look() -> None:
        if next(looks):
            begun.put_nowait(None)
            await asyncio.Event().wait()

    job = asyncio.create_task(repeat(look, MovableClock(), "*"))
    await asyncio.wait_for(begun.get(), 30)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not caplog.records
