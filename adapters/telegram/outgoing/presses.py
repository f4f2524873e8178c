"""Acknowledges presses of buttons; a short answer for the presser alone is shown right there instead of elsewhere."""

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
"""Seconds that a press in a group waits for its answer before it is acknowledged without: a button shows it waits."""


class Presses:
    """The presses of one bot's buttons that are not acknowledged yet."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._waiting: BoundedDict[str, str] = BoundedDict()
        """By the delivery key of their answers."""
        self._tasks: set[asyncio.Task[None]] = set()

    def note(self, event: int, query: CallbackQuery) -> None:
        """Acknowledge a press: at once, or in a group with its answer, and after `PATIENCE` without."""
        public = query.message is not None and query.message.chat.type != ChatType.PRIVATE
        key = answer_key(PLATFORM, str(event))
        self._waiting[key] = query.id
        self._acknowledge_later(key, PATIENCE if public else 0)

    async def show(self, address: Address, reply: Reply, *, notice: bool) -> bool:
        """Show an answer to whoever pressed, as a notice over the group; False where it has to be sent.

        Args:
            notice: whether a notice is enough, since nothing is to change where the button was.
        """
        words = brief(address, reply) if notice else ""
        if words and (query := self._waiting.pop(address.key, None)) is not None:
            return await self._answer(query, words)
        if address.key in self._waiting:
            self._acknowledge_later(address.key, 0)
        return False

    async def stop(self) -> None:
        """Acknowledge nothing any more."""
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
        """Acknowledge a press, with words that stay until they are closed; False when Telegram refuses."""
        with contextlib.suppress(TelegramError):
            return await self._bot.answer_callback_query(query, words, show_alert=words is not None)
        return False


def brief(address: Address, reply: Reply) -> str:
    """The words of an answer that leaves the group for the presser alone, and is plain and short; empty for others."""
    if address.detour is None or not all(isinstance(block, Paragraph) for block in reply.blocks):
        return ""
    words = plain(reply).strip()
    return words if utf16_length(words) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH else ""
