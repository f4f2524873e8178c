"""Answers to questions asked often: each is asked once at a time, and kept for a while."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar, cast

T = TypeVar("T")
MOST = 10_000
"""Answers kept at most."""


@dataclass(slots=True)
class _Known:
    """An answer, until when it counts as new, and whether one was given at all or is only assumed."""

    found: object
    until: float
    given: bool


class Lookups:
    """The answers known by name, and the questions being asked."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, asyncio.Task[object]] = {}

    async def find(self, name: str, seconds: float, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer kept under a name, or that of `ask`, which is then kept for so many seconds.

        All who need the same answer at the same time share one call of `ask`, and its error.
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
        """Whether an answer is kept that need not be asked for again."""
        return name in self._known and self._known[name].until > time.monotonic()

    def assume(self, name: str, seconds: float, otherwise: T) -> T:
        """Keep, after a failure, the last answer for some more seconds, or this one when none was ever given."""
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
