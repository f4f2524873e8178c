"""The fake Telegram in a thread of its own, for commands that run a loop of theirs."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread

from tests.sockets.telegram import FakeTelegram


@contextmanager
def listening() -> Iterator[FakeTelegram]:
    """A fake that answers while the block runs; what it knows may be changed from outside between commands."""
    fake, loop = FakeTelegram(), asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()

    def run(step: "Future[None]") -> None:
        step.result(5)

    run(asyncio.run_coroutine_threadsafe(fake.start(), loop))
    try:
        yield fake
    finally:
        run(asyncio.run_coroutine_threadsafe(fake.stop(), loop))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
