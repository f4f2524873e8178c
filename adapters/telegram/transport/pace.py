"""Limits messages that can wait to under half of those that Telegram accepts in a group a minute."""

from typing import TYPE_CHECKING

from telegram.constants import FloodLimit

from adapters.bounded import BoundedDict
from bot.ports.adapter import TryLater

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

A_MINUTE = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP // 2 - 1
"""The most messages a minute in one group; the others are reserved for answers."""
MINUTE = 60.0


class Pace:
    """Counts the deferrable messages of one bot, by group."""

    def __init__(self) -> None:
        self._limiters: BoundedDict[int, AsyncLimiter] = BoundedDict()

    async def take(self, chat: int) -> None:
        """Count a message.

        Raises:
            TryLater: the group's limit is reached.
        """
        limiter = self._limiter(chat)
        if not limiter.has_capacity():
            raise TryLater("the group's messages are paced", MINUTE / A_MINUTE)
        await limiter.acquire()

    def _limiter(self, chat: int) -> "AsyncLimiter":
        # Imported at use, like the library's own limiter: not every bot posts cards.
        from aiolimiter import AsyncLimiter  # noqa: PLC0415

        if chat not in self._limiters:
            self._limiters[chat] = AsyncLimiter(A_MINUTE, MINUTE)
        return self._limiters[chat]
