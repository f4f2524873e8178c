"""A cache for requests: concurrent requests for the same key are made once, and answers kept for some time."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar, cast

T = TypeVar("T")
MOST = 10_000
"""The most answers cached."""


@dataclass(slots=True)
class _Known:
    """A cached answer, until when it is valid, and whether it was received or is only a default."""

    found: object
    until: float
    given: bool


class Lookups:
    """Cached answers and running requests, by key."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, asyncio.Task[object]] = {}

    async def find(self, name: str, seconds: float, ask: Callable[[], Awaitable[T]]) -> T:
        """The valid answer cached under a key, else the result of `ask`, which is then cached for `seconds`.

        Concurrent callers with the same key share one call of `ask`, and its error.
        """
        if self.is_new(name):
            return cast("T", self._known[name].found)
        asking = self._asking.get(name)
        if asking is None:
            asking = self._asking[name] = asyncio.create_task(self._ask(name, seconds, ask))
        found: object = await asyncio.shield(asking)
        return cast("T", found)

    async def _ask(self, name: str, seconds: float, ask: Callable[[], Awaitable[T]]) -> T:
        try:
            found = await ask()
        finally:
            del self._asking[name]
        self._keep(name, _Known(found, time.monotonic() + seconds, given=True))
        return found

    def is_new(self, name: str) -> bool:
        """Whether a valid answer is cached."""
        return name in self._known and self._known[name].until > time.monotonic()

    def assume(self, name: str, seconds: float, otherwise: T) -> T:
        """After a failure, cache the last answer for some more seconds, or `otherwise` if there was none; return it."""
        known = self._known.get(name)
        given = known is not None and known.given
        found = known.found if known is not None and given else otherwise
        self._keep(name, _Known(found, time.monotonic() + seconds, given))
        return cast("T", found)

    def forget(self, name: str) -> None:
        """Drop an answer."""
        self._known.pop(name, None)

    def _keep(self, name: str, known: _Known) -> None:
        if len(self._known) > MOST:
            self._known.clear()
        self._known[name] = known
