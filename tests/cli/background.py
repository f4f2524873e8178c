"""A fake in a thread of its own, for commands that run a loop of theirs."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any, Protocol, TypeVar


class Server(Protocol):
    """What listens between two calls."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


S = TypeVar("S", bound=Server)


@contextmanager
def listening(fake: S) -> Iterator[S]:
    """A fake that answers while the block runs; what it knows may be changed from outside between commands."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()

    def run(step: Any) -> None:
        asyncio.run_coroutine_threadsafe(step, loop).result(5)

    run(fake.start())
    try:
        yield fake
    finally:
        run(fake.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
