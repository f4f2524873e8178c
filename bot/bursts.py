"""Answers what is asked at nearly the same time by one call in a thread, where one for many is cheaper than many."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")
MOST = 64
"""Questions in one call."""


class Burst(Generic[Asked, Told]):
    """One call at a time: what is asked during it is answered together by the next.

    Args:
        answer: the answers to several questions, in their order; it is run in a thread.
    """

    def __init__(self, answer: Callable[[Sequence[Asked]], Sequence[Told]]) -> None:
        self._answer = answer
        self._waiting: list[tuple[Asked, asyncio.Future[Told]]] = []
        self._working: asyncio.Task[None] | None = None

    async def ask(self, question: Asked) -> Told:
        """The answer to one question.

        Raises:
            Exception: what `answer` raised, for each of those that were asked together.
        """
        told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, told))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await told

    async def _work(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._tell([(question, told) for question, told in some if not told.done()])
        finally:
            self._working = None

    async def _tell(self, some: Sequence[tuple[Asked, "asyncio.Future[Told]"]]) -> None:
        try:
            found = await asyncio.to_thread(self._answer, [question for question, _ in some])
        except Exception as error:
            for _, told in some:
                if not told.done():
                    told.set_exception(error)
            return
        for (_, told), one in zip(some, found, strict=True):
            if not told.done():
                told.set_result(one)
