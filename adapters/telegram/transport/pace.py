"""Keeps what may wait for a moment under half of the messages that Telegram takes in a group."""

from typing import TYPE_CHECKING

from telegram.constants import FloodLimit

from adapters.bounded import BoundedDict
from bot.ports.adapter import TryLater

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

A_MINUTE = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP // 2 - 1
"""The messages a minute in one group; the others are left to answers."""
MINUTE = 60.0


class Pace:
    """The messages of one bot, by group."""

    def __init__(self) -> None:
        self._limiters: BoundedDict[int, AsyncLimiter] = BoundedDict()

    async def take(self, chat: int) -> None:
        """Count a message.

        Raises:
            TryLater: the group has no room for it now.
        """
        limiter = self._limiter(chat)
        if not limiter.has_capacity():
            raise TryLater("the group's messages are paced", MINUTE / A_MINUTE)
        await limiter.acquire()

    def _limiter(self, chat: int) -> "AsyncLimiter":
        # Imported at use, as the library's own limiter is: not every bot keeps cards.
        from aiolimiter import AsyncLimiter  # noqa: PLC0415

        if chat not in self._limiters:
            self._limiters[chat] = AsyncLimiter(A_MINUTE, MINUTE)
        return self._limiters[chat]
