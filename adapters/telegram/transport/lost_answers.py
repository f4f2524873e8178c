"""After a lost answer, asks Telegram by a call without effect before anything else is sent that might arrive twice."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError


class LostAnswers:
    """Whether Telegram's answers are being lost.

    Args:
        ask: makes a call that has no effect.
    """

    def __init__(self, ask: Callable[[], Awaitable[object]]) -> None:
        self._ask = ask
        self._lost = False
        self._asking: asyncio.Task[TelegramError | None] | None = None

    def note(self) -> None:
        """Note that an answer was lost."""
        self._lost = True

    async def wait(self) -> None:
        """Return once Telegram answers, at once if no answer was lost; all who wait share one call.

        Raises:
            TelegramError: it does not answer.
        """
        if not self._lost:
            return
        if self._asking is None:
            self._asking = asyncio.create_task(self._check())
        error = await asyncio.shield(self._asking)
        if error is not None:
            raise error

    async def _check(self) -> TelegramError | None:
        try:
            await self._ask()
        except TelegramError as error:
            return error
        else:
            self._lost = False
            return None
        finally:
            self._asking = None
