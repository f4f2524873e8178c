"""Long polling: requests updates, and advances the offset only past stored ones."""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot
from telegram.error import TelegramError

from adapters.telegram.incoming.intake import is_update
from adapters.telegram.transport.backoff import Backoff
from adapters.telegram.transport.calls import call
from adapters.values import JSON

POLL_SECONDS = 30
READ_SECONDS = 5.0
"""Seconds an answer may take on top of the poll's own."""
LIMIT = 100
UPDATE_TYPES = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
"""The update types to receive; without the list Telegram uses the last one given, perhaps by another program."""

Take = Callable[[Sequence[object]], Awaitable[None]]


class Poller:
    """Calls `getUpdates` in a loop that no error ends.

    Args:
        take: stores updates, and returns once they are stored.
        backoff: waits after errors.
    """

    def __init__(self, bot: Bot, take: Take, backoff: Backoff) -> None:
        self._bot = bot
        self._take = take
        self._backoff = backoff
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            try:
                updates, offset = await self._ask()
                await self._take(updates)
            except Exception as error:
                # Any error is logged and retried: otherwise the bot would keep running without receiving.
                await self._backoff.wait(error)
            else:
                self._offset = offset
                self._backoff.reset()

    async def _ask(self) -> tuple[list[JSON], int | None]:
        """Request the next updates; return them and the offset after them.

        Raises:
            TelegramError: the request failed, or its answer is not a list of updates.
        """
        # After a failure, no waiting for updates, so that a recovery is noticed at once.
        patient = 0 if self._backoff.failing else POLL_SECONDS
        wanted: JSON = {"timeout": patient, "limit": LIMIT, "allowed_updates": UPDATE_TYPES}
        if self._offset is not None:
            wanted["offset"] = self._offset
        found = await call(self._bot, "getUpdates", wanted, patient + READ_SECONDS)
        if not isinstance(found, list):
            raise TelegramError("what it sent are no updates")
        numbers = [raw["update_id"] for raw in found if is_update(raw)]
        if found and not numbers:
            # They can be neither stored nor skipped; the error makes the loop wait before it requests them again.
            raise TelegramError("its updates have no numbers")
        return found, max(numbers) + 1 if numbers else self._offset
