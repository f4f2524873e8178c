"""What a bot asked of a platform, in order, and waiting for it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

PATIENCE = 60.0
"""Seconds until what should have happened counts as missing: what passes never waits so long, on any machine."""


class Asked(Protocol):
    """One request.

    Attributes:
        method: what was asked, by the platform's name.
        status: the answer's; 0 while there is none.
    """

    method: str
    status: int


CallT = TypeVar("CallT", bound=Asked)


class Pulse:
    """Wakes all who wait, each time something happened."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def beat(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, ready: Callable[[], object], seconds: float) -> None:
        """Wait until `ready` says so.

        Raises:
            TimeoutError: it did not in so many seconds.
        """
        if not ready():
            async with asyncio.timeout(seconds):
                while not ready():
                    await self._event.wait()


@dataclass
class Upload:
    """A file that came with a request."""

    name: str
    media_type: str
    content: bytes


class Requests(Generic[CallT]):
    """Every request, accepted or not.

    Attributes:
        unknown: what was asked and nobody answers here.
    """

    def __init__(self) -> None:
        self.calls: list[CallT] = []
        self.unknown: list[str] = []
        self._tried: dict[str, list[CallT]] = defaultdict(list)
        self._sent: dict[str, list[CallT]] = defaultdict(list)
        self._pulse = Pulse()

    def open(self, call: CallT) -> None:
        """Note a request that came in."""
        self.calls.append(call)
        self._tried[call.method].append(call)
        self._pulse.beat()

    def settle(self, call: CallT, status: int) -> None:
        """Note what became of it."""
        call.status = status
        if status < 300:
            self._sent[call.method].append(call)
        self._pulse.beat()

    async def sent(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[CallT]:
        """Every accepted request of a method, once there are so many; fails when there are not in time."""
        return await self._awaited(self._sent[method], f"{method} accepted", count, timeout)

    async def tried(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[CallT]:
        """Every request of a method, refused ones too, once there are so many; fails when there are not in time."""
        return await self._awaited(self._tried[method], f"{method} tried", count, timeout)

    async def _awaited(self, calls: list[CallT], what: str, count: int, seconds: float) -> list[CallT]:
        try:
            await self._pulse.until(lambda: len(calls) >= count, seconds)
        except TimeoutError:
            raise AssertionError(f"{what} {len(calls)} times, not {count}, in {seconds} s; {self.counts()}") from None
        return list(calls)

    def counts(self) -> dict[str, int]:
        """Accepted requests by method."""
        return {method: len(calls) for method, calls in self._sent.items() if calls}

    def clear(self) -> None:
        self.calls.clear()
        for calls in (*self._sent.values(), *self._tried.values()):
            calls.clear()
