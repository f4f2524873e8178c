"""What is due is looked for at the start and whenever the clock is set forward."""

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count
from typing import Self

import pytest
from apscheduler.executors.asyncio import AsyncIOExecutor
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.core import Core
from bot.recurring import repeat, run_often, run_on_change
from bot.troubles import Troubles
from storage.engine.changes import note


@pytest.fixture
def about_to_strike(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the scheduler the next second is about to begin."""
    ahead = timedelta(seconds=0.95, microseconds=-datetime.now(UTC).microsecond)

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + ahead

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Ahead)


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


@pytest.mark.usefixtures("about_to_strike")
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


@pytest.mark.usefixtures("about_to_strike")
async def test_stopped_just_before_a_look_it_reports_no_fault(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look() -> None:
        await asyncio.sleep(0)

    submit = AsyncIOExecutor._do_submit_job

    def stop_and_submit(executor: AsyncIOExecutor, *due: object) -> None:
        job.cancel()
        # As when its second comes between the end of what repeats it and the scheduler's own.
        asyncio.get_running_loop().call_soon(submit, executor, *due)

    monkeypatch.setattr(AsyncIOExecutor, "_do_submit_job", stop_and_submit)
    job = asyncio.create_task(repeat(look, MovableClock(), "*"))
    with pytest.raises(asyncio.CancelledError):
        await job
    for _ in range(3):
        await asyncio.sleep(0)
    assert not caplog.records


async def test_a_fault_of_one_look_is_logged_and_the_next_made() -> None:
    looked = asyncio.Queue[None]()
    looks = count()

    async def look() -> None:
        looked.put_nowait(None)
        if next(looks) == 0:
            raise ValueError("once")

    with capture_logs() as logged:
        job = asyncio.create_task(run_often(look, Troubles("test"), 0))
        for _ in range(2):
            await asyncio.wait_for(looked.get(), 5)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
    assert logged[0]["log_level"] == "error"
    assert "ValueError" in str(logged[0])


async def test_it_looks_when_something_was_changed_here_and_else_seldom(core: Core) -> None:
    looked = asyncio.Queue[None]()

    async def look() -> None:
        looked.put_nowait(None)

    before = list(core.store.listeners)
    job = asyncio.create_task(run_on_change(look, Troubles("test"), core.store, 0, 3_600))
    await asyncio.wait_for(looked.get(), 30)
    await core.store.write(lambda session: note(session, 1, 1))
    await asyncio.wait_for(looked.get(), 30)
    await core.store.write(lambda session: None)
    await asyncio.sleep(0)
    assert looked.empty()
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert core.store.listeners == before
