"""Restarts the bot's long-running tasks when they fail, with growing delays, and logs each kind of fault once."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.dispatch.faults import frames
from bot.errors import OperatorError
from bot.ports.adapter import Address, Platform
from bot.ports.card import Face
from bot.ports.reply import Reply
from storage.engine.errors import store_error

FIRST_DELAY, LONGEST_DELAY = 1.0, 60.0
"""Seconds before a task is started again: doubled after each fault, up to the longest."""
STABLE_AFTER = 300.0
"""Seconds a task has to run until its earlier faults are forgotten."""
MEND = "it is started again by itself; if this stays, please report this line"

Work = Callable[[], Awaitable[None]]
"""Starts a task that runs until it is cancelled."""


class Ended(Exception):
    """A task returned that should have run until it was cancelled."""


class Supervision:
    """Runs one task, and starts it again after a fault.

    Args:
        name: the task's name in the log.
        work: starts the task.
        sleep: waits some seconds.
        alone: whether the process is of no use without the task, so that what only the operator can mend ends it.
    """

    def __init__(
        self,
        name: str,
        work: Work,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        alone: bool = True,
    ) -> None:
        self._alone = alone
        self._name = name
        self._work = work
        self._sleep = sleep
        self._pause = FIRST_DELAY
        self._told: set[tuple[str, str]] = set()
        """The type and place of each fault that was logged and is not forgotten."""

    async def run(self) -> None:
        """Run the task, again after each fault, until cancelled.

        Raises:
            OperatorError: from a task without which the process is of no use: only the operator can mend the fault.
        """
        while True:
            self._tell(await self._fault())
            await self._sleep(self._pause)
            self._pause = min(self._pause * 2, LONGEST_DELAY)

    async def _fault(self) -> Exception:
        """Run the task until it fails or returns, and return the exception that tells how; cancelling is passed on."""
        settling = asyncio.create_task(self._settle())
        try:
            await self._work()
        except OperatorError as error:
            if self._alone:
                raise
            return error
        except asyncio.CancelledError:
            if _is_cancelled():
                raise
            # Not this task was cancelled, but one inside it: libraries do so when they lose a connection.
        except Exception as error:
            return error
        finally:
            settling.cancel()
        return Ended()

    async def _settle(self) -> None:
        """Once the task has run for `STABLE_AFTER`, forget its faults, reset the delay, and log that it runs again."""
        await self._sleep(STABLE_AFTER)
        self._pause = FIRST_DELAY
        if self._told:
            self._told.clear()
            structlog.get_logger().info("runs again", task=self._name)

    def _tell(self, fault: Exception) -> None:
        """Log a fault, unless one of its type and place was logged already.

        Its type and frames are logged, not its message, which could hold a member's words.
        """
        kind, where = type(fault).__name__, frames(fault)
        if (kind, where[-1] if where else "") in self._told:
            return
        self._told.add((kind, where[-1] if where else ""))
        log = structlog.get_logger().bind(task=self._name)
        known = fault if isinstance(fault, OperatorError) else store_error(fault)
        if known is not None:
            log.error("stopped", mend=str(known))
        else:
            log.error("stopped", error=kind, frames=where, mend=MEND)


class RestartableAdapter:
    """An adapter that is made anew at each restart, so that it does not keep the broken state of its library.

    Args:
        name: the platform's name.
        make: makes the adapter; called at once, and at each restart.

    Raises:
        OperatorError: it cannot be made; the message says what to do.
    """

    def __init__(self, name: str, make: Callable[[], Platform]) -> None:
        self.name = name
        self._make = make
        self._adapter = make()
        self._started = False

    async def run(self) -> None:
        """Make the adapter anew unless this is its first run, then receive until cancelled."""
        if self._started:
            self._adapter = self._make()
        self._started = True
        await self._adapter.run()

    async def send(self, address: Address, reply: Reply) -> str | None:
        """Deliver a reply by the present adapter; return its id."""
        return await self._adapter.send(address, reply)

    async def post(self, place: str, key: str, face: Face) -> str:
        """Post a card by the present adapter; return its id."""
        return await self._adapter.post(place, key, face)

    async def edit(self, place: str, message: str, face: Face) -> None:
        """Edit a card by the present adapter."""
        await self._adapter.edit(place, message, face)

    async def remove(self, place: str, message: str) -> None:
        """Remove a card by the present adapter."""
        await self._adapter.remove(place, message)

    async def retract(self, place: str, key: str, number: int) -> bool:
        """Delete what an attempt to post a card left, by the present adapter; return whether it was found."""
        return await self._adapter.retract(place, key, number)


def _is_cancelled() -> bool:
    """Whether the running task itself was cancelled."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
