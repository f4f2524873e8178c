"""Batches questions: those asked while a call is under way are answered together by the next call, in a thread."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")
MOST = 64
"""The most questions in one call."""


class Burst(Generic[Question, Answer]):
    """Runs one call at a time; the questions asked meanwhile are answered together by the next call.

    Args:
        answer: returns the answers to several questions, in their order; it is run in a thread.
    """

    def __init__(self, answer: Callable[[Sequence[Question]], Sequence[Answer]]) -> None:
        self._answer = answer
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._working: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Answer:
        """The answer to one question.

        Raises:
            Exception: what `answer` raised; each of the questions asked together gets it.
        """
        told: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
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

    async def _tell(self, some: Sequence[tuple[Question, "asyncio.Future[Answer]"]]) -> None:
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
