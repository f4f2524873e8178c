"""After a lost answer, waits until a harmless call to Telegram is answered before anything else is sent."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError


class LostAnswers:
    """Whether the last answer was lost, so that a message sent now might arrive twice.

    Args:
        ask: makes a call that has no effect.
    """

    def __init__(self, ask: Callable[[], Awaitable[object]]) -> None:
        self._ask = ask
        self._lost = False
        self._asking: asyncio.Task[TelegramError | None] | None = None

    def note(self) -> None:
        """Record that an answer was lost."""
        self._lost = True

    async def wait(self) -> None:
        """Return at once if no answer was lost, else when Telegram answers a call, which concurrent callers share.

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
