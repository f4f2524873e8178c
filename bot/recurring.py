"""Repeats a look for what is due: at the start, at fixed seconds of each minute, and when the clock is set forward.

What is to be seen within seconds is looked for after each short pause; what is due in a community, in one community
after the other.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence

from bot.clock import Clock
from bot.troubles import Troubles
from storage.engine.changes import Changed
from storage.engine.store import Store
from storage.models import Community
from storage.people import communities


async def repeat(look: Callable[[], Awaitable[object]], clock: Clock, second: str) -> None:
    """Look now and again until cancelled.

    Args:
        look: looks for what is due and does it; it must not raise.
        second: the seconds of each minute at which to look, as a cron field, such as `0` or `15,45`.
    """
    # Imported here: no command needs it, and it brings what starts processes.
    from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415

    async def look_until_stopped() -> None:
        # Only the scheduler's own shutdown cancels it, which would log that as the job's fault.
        with contextlib.suppress(asyncio.CancelledError):
            await look()

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(look_until_stopped, CronTrigger(second=second), misfire_grace_time=None, coalesce=True)
    scheduler.start()
    try:
        await look()
        while True:
            await clock.moved()
            await look()
    finally:
        scheduler.pause()
        # A look that is just to begin, begins: cancelled before, it would be logged as a fault, too.
        await asyncio.sleep(0)
        scheduler.shutdown(wait=False)


async def look_often(look: Callable[[], Awaitable[object]], troubles: Troubles, pause: float) -> None:
    """Look again and again until cancelled; an error is logged, and the next look made all the same.

    Args:
        pause: seconds between two looks.
    """
    while True:
        with troubles.guard():
            await look()
        await asyncio.sleep(pause)


async def look_on_change(
    look: Callable[[], Awaitable[object]], troubles: Troubles, store: Store, pause: float, longest: float
) -> None:
    """Look until cancelled, each time this process has changed an item; an error is logged.

    Args:
        pause: seconds between a change and the look.
        longest: seconds between two looks in which nothing was changed here: another process may have changed it.
    """
    changed = asyncio.Event()

    def note(_: Sequence[Changed]) -> None:
        changed.set()

    store.listeners.append(note)
    try:
        while True:
            changed.clear()
            with troubles.guard():
                await look()
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
