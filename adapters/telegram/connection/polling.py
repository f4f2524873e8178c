"""Asks Telegram for updates, raw, and lets its offset move only past what is kept."""

from collections.abc import Awaitable, Callable

from telegram._utils.types import JSONDict
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from adapters.telegram.incoming.intake import is_update
from adapters.telegram.transport.patience import Patience

POLL_SECONDS = 30
LIMIT = 100
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""Named, since without it Telegram goes by whatever was asked for last, perhaps by another program."""

Take = Callable[[list[object]], Awaitable[None]]


class Poller:
    """One `getUpdates` after another; no trouble ends it.

    Args:
        url: the Bot API's address, the token in it.
        take: keeps updates, and returns once they are safe.
        patience: with Telegram.
    """

    def __init__(self, url: str, request: BaseRequest, take: Take, patience: Patience) -> None:
        self._url = f"{url}/getUpdates"
        self._request = request
        self._take = take
        self._patience = patience
        self._offset: int | None = None

    async def run(self) -> None:
        """Ask until cancelled."""
        while True:
            try:
                updates, offset = await self._ask()
                await self._take(updates)
            except Exception as error:
                # A bot that is deaf and runs on is worse than one that says each fault and asks again.
                await self._patience.wait(error)
            else:
                self._offset = offset
                self._patience.over()

    async def _ask(self) -> tuple[list[object], int | None]:
        """The next updates, and the offset after them.

        Raises:
            TelegramError: there are none to be had.
        """
        # After a failure without waiting for updates, so that it is known at once when it is over.
        patient = 0 if self._patience.tried else POLL_SECONDS
        wanted: JSONDict = {"timeout": patient, "limit": LIMIT, "allowed_updates": WANTED, "offset": self._offset}
        parameters = [RequestParameter.from_input(name, value) for name, value in wanted.items() if value is not None]
        timeout = patient + (self._request.read_timeout or 5)
        found: object = await self._request.post(self._url, RequestData(parameters), read_timeout=timeout)
        if not isinstance(found, list):
            raise TelegramError("what it sent are no updates")
        numbers = [raw["update_id"] for raw in found if is_update(raw)]
        if found and not numbers:
            # They could neither be kept nor be passed over: asked for again at once, they would come for ever.
            raise TelegramError("its updates have no numbers")
        return found, max(numbers) + 1 if numbers else self._offset
