"""Acknowledges presses of buttons, with a short private answer as a notice where possible."""

import asyncio
import contextlib

from telegram import Bot, CallbackQuery
from telegram.constants import CallbackQueryLimit, ChatType
from telegram.error import TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.outgoing.drawing.text import utf16_length
from adapters.telegram.places import PLATFORM
from bot.delivery.envelope import answer_key
from bot.ports.adapter import Address
from bot.ports.plain import plain
from bot.ports.reply import Paragraph, Reply

PATIENCE = 1.0
"""Seconds that a press in a group waits for its answer; then it is acknowledged without, as its button shows a wait."""


class Presses:
    """The presses of one bot's buttons that are not acknowledged yet."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._waiting: BoundedDict[str, str] = BoundedDict()
        """By the delivery key of the answer."""
        self._tasks: set[asyncio.Task[None]] = set()

    def note(self, event: int, query: CallbackQuery) -> None:
        """Acknowledge a press: immediately, or in a group with its answer, after `PATIENCE` without one."""
        public = query.message is not None and query.message.chat.type != ChatType.PRIVATE
        key = answer_key(PLATFORM, str(event))
        self._waiting[key] = query.id
        self._acknowledge_later(key, PATIENCE if public else 0)

    async def show(self, address: Address, reply: Reply, *, notice: bool) -> bool:
        """Show an answer to the person who pressed, as a notice over the chat; False if it has to be sent instead.

        Args:
            notice: whether a notice suffices, since the message with the button does not change.
        """
        words = brief(address, reply) if notice else ""
        if words and (query := self._waiting.pop(address.key, None)) is not None:
            return await self._answer(query, words)
        if address.key in self._waiting:
            self._acknowledge_later(address.key, 0)
        return False

    async def stop(self) -> None:
        """Cancel pending acknowledgements."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _acknowledge_later(self, key: str, seconds: float) -> None:
        task = asyncio.create_task(self._acknowledge(key, seconds))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _acknowledge(self, key: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        query = self._waiting.pop(key, None)
        if query is not None:
            await self._answer(query)

    async def _answer(self, query: str, words: str | None = None) -> bool:
        """Acknowledge a press, with a notice that stays until it is closed; False if Telegram refuses."""
        with contextlib.suppress(TelegramError):
            return await self._bot.answer_callback_query(query, words, show_alert=words is not None)
        return False


def brief(address: Address, reply: Reply) -> str:
    """The text of an answer to a press in a group that is private, plain and short enough for a notice; else empty."""
    if address.detour is None or not all(isinstance(block, Paragraph) for block in reply.blocks):
        return ""
    words = plain(reply).strip()
    return words if utf16_length(words) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH else ""
