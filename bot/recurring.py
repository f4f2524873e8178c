"""Runs recurring work: at fixed seconds of each minute, after a pause, after changes, or for each community."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence

from bot.clock import Clock
from bot.troubles import Troubles
from storage.engine.changes import Changed
from storage.engine.store import Store
from storage.models import Community
from storage.people import communities


async def repeat(work: Callable[[], Awaitable[object]], clock: Clock, second: str) -> None:
    """Run some work at once, at fixed seconds of each minute, and when the clock is set forward, until cancelled.

    Args:
        work: does what is due; it must not raise.
        second: the seconds of each minute at which to run it, as a cron field, such as `0` or `15,45`.
    """
    # Imported here: no command needs it, and it brings what starts processes.
    from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415

    async def work_until_stopped() -> None:
        # Only the scheduler's own shutdown cancels it, which would log that as the job's fault.
        with contextlib.suppress(asyncio.CancelledError):
            await work()

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(work_until_stopped, CronTrigger(second=second), misfire_grace_time=None, coalesce=True)
    scheduler.start()
    try:
        await work()
        while True:
            await clock.moved()
            await work()
    finally:
        scheduler.pause()
        # A run that is about to begin, begins: cancelled before, it would be logged as a fault, too.
        await asyncio.sleep(0)
        scheduler.shutdown(wait=False)


async def run_often(work: Callable[[], Awaitable[object]], troubles: Troubles, pause: float) -> None:
    """Run some work again and again until cancelled; an error is logged and does not stop it.

    Args:
        pause: seconds between two runs.
    """
    while True:
        with troubles.guard():
            await work()
        await asyncio.sleep(pause)


async def run_on_change(
    work: Callable[[], Awaitable[object]], troubles: Troubles, store: Store, pause: float, longest: float
) -> None:
    """Run some work each time this process has changed an item, until cancelled; an error is logged.

    Args:
        pause: seconds between a change and the run.
        longest: the most seconds between two runs: another process may have changed an item.
    """
    changed = asyncio.Event()

    def note(_: Sequence[Changed]) -> None:
        changed.set()

    store.listeners.append(note)
    try:
        while True:
            changed.clear()
            with troubles.guard():
                await work()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(longest):
                    await changed.wait()
            await asyncio.sleep(pause)
    finally:
        store.listeners.remove(note)


async def visit_each(store: Store, troubles: Troubles, visit: Callable[[Community], Awaitable[object]]) -> None:
    """Visit every community, one after the other; an error is logged, and the next one visited all the same."""
    known: list[Community] = []
    with troubles.guard():
        known = list(await store.read(communities.every))
    for community in known:
        with troubles.guard(community=community.key):
            await visit(community)
