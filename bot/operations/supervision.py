"""Keeps the bot's long-running tasks running: one that fails is started again, and the operator is told."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.dispatch.faults import frames
from bot.errors import OperatorError
from bot.ports.adapter import Adapter, Address
from bot.ports.reply import Reply
from storage.engine.errors import StoreError

FIRST, LONGEST = 1.0, 60.0
"""Seconds before a task is started again: twice as many after each fault, up to the longest."""
SETTLED = 300.0
"""Seconds a task has to run until its faults count as over."""
MEND = "it is started again by itself; if this stays, please report this line"

Work = Callable[[], Awaitable[None]]
"""Starts a task that runs until it is cancelled."""


class Ended(Exception):
    """A task returned that should have run until it was cancelled."""


class Supervision:
    """Runs one task, and starts it again after a fault.

    Args:
        name: what the log calls the task.
        work: starts the task.
        sleep: waits some seconds.
    """

    def __init__(self, name: str, work: Work, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._name = name
        self._work = work
        self._sleep = sleep
        self._pause = FIRST
        self._told: set[tuple[str, str]] = set()
        """The kinds of faults that were told and are not over."""

    async def run(self) -> None:
        """Keep the task running until cancelled.

        Raises:
            OperatorError: only the operator can mend it.
        """
        while True:
            self._tell(await self._fault())
            await self._sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST)

    async def _fault(self) -> Exception:
        """Run the task until something other than its cancellation ends it; returns that."""
        settling = asyncio.create_task(self._settle())
        try:
            await self._work()
        except OperatorError:
            raise
        except asyncio.CancelledError:
            if _is_cancelled():
                raise
            # A task of its own was cancelled inside it, as libraries do when they lose a connection.
        except Exception as error:
            return error
        finally:
            settling.cancel()
        return Ended()

    async def _settle(self) -> None:
        """Forget the faults once the task has run long enough, and say that they are over."""
        await self._sleep(SETTLED)
        self._pause = FIRST
        if self._told:
            self._told.clear()
            structlog.get_logger().info("runs again", task=self._name)

    def _tell(self, fault: Exception) -> None:
        """Log each kind of fault once, by its type and frames: a message could hold a member's words."""
        kind, where = type(fault).__name__, frames(fault)
        if (kind, where[-1] if where else "") in self._told:
            return
        self._told.add((kind, where[-1] if where else ""))
        log = structlog.get_logger().bind(task=self._name)
        if isinstance(fault, StoreError):
            log.error("stopped", mend=str(fault))
        else:
            log.error("stopped", error=kind, frames=where, mend=MEND)


class Renewed:
    """An adapter that is made anew whenever it is started again: what broke in its library is left behind.

    Args:
        make: makes the adapter.

    Raises:
        OperatorError: it cannot be made; the message names the mend.
    """

    def __init__(self, name: str, make: Callable[[], Adapter]) -> None:
        self.name = name
        self._make = make
        self._adapter = make()
        self._started = False

    async def run(self) -> None:
        """Receive until cancelled."""
        if self._started:
            self._adapter = self._make()
        self._started = True
        await self._adapter.run()

    async def send(self, address: Address, reply: Reply) -> None:
        """Deliver a reply by the adapter there is now."""
        await self._adapter.send(address, reply)


def _is_cancelled() -> bool:
    """Whether the running task itself was asked to end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
