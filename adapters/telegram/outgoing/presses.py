"""Acknowledges presses of buttons; a short answer for the presser alone is shown right there instead of elsewhere."""

import asyncio
import contextlib

from telegram import Bot, CallbackQuery
from telegram.constants import CallbackQueryLimit, ChatType
from telegram.error import TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.outgoing.text import utf16_length
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

    def begin(self, event: int, query: CallbackQuery) -> None:
        """Acknowledge a press: at once, or in a group with its answer, and after `PATIENCE` without."""
        public = query.message is not None and query.message.chat.type != ChatType.PRIVATE
        key = answer_key(PLATFORM, str(event))
        self._waiting[key] = query.id
        task = asyncio.create_task(self._acknowledge(key, PATIENCE if public else 0))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def show(self, address: Address, reply: Reply) -> bool:
        """Show an answer to whoever pressed, as a notice over the group; False where it has to be sent."""
        words, query = brief(address, reply), self._waiting.pop(address.key, None)
        return query is not None and await self._answer(query, words) and bool(words)

    async def stop(self) -> None:
        """Acknowledge nothing any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _acknowledge(self, key: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        query = self._waiting.pop(key, None)
        if query is not None:
            await self._answer(query)

    async def _answer(self, query: str, words: str = "") -> bool:
        """Acknowledge a press, with words to be closed by another press; False when Telegram refuses."""
        with contextlib.suppress(TelegramError):
            return await self._bot.answer_callback_query(query, words or None, show_alert=bool(words))
        return False


def brief(address: Address, reply: Reply) -> str:
    """The words of an answer that leaves the group for the presser alone and need not stay; empty for any other."""
    plainly = all(isinstance(block, Paragraph) for block in reply.blocks)
    if address.detour is None or address.detour.changed or address.detour.received or not plainly or reply.again:
        return ""
    words = plain(reply).strip()
    return words if utf16_length(words) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH else ""
