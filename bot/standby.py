"""Runs work in one of several processes, while the others stand by to take over when that one ends."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from storage.engine import leases
from storage.engine.leases import Leases
from storage.engine.store import Store


async def lead(store: Store, name: str, work: Callable[[], Awaitable[None]], *, logged: bool = True) -> None:
    """Do the work as the leader: once this process has the lease of this name; on SQLite at once.

    Args:
        logged: whether standing by and taking over are logged.

    Raises:
        StoreLost: the lease was lost, and the work is stopped.
    """
    if store.leases is None:
        await work()
        return
    await _wait(store.leases, name, logged=logged)
    try:
        await first_of(work, store.leases.lost)
    finally:
        await store.leases.release(name)


async def first_of(*works: Callable[[], Awaitable[None]]) -> None:
    """Do several works until the first ends, whose error is raised; the others are cancelled."""
    tasks = [asyncio.ensure_future(work()) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _wait(own: Leases, name: str, *, logged: bool) -> None:
    log = structlog.get_logger()
    if await own.take(name):
        return
    if logged:
        log.info("stands by", task=name)
    while not await own.take(name):
        await asyncio.sleep(leases.LOOK)
    if logged:
        log.info("takes over", task=name)
