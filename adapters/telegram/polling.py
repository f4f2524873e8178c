"""Asks Telegram for updates, raw, and lets its offset move only past what is kept."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram._utils.types import JSONDict
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from storage.errors import StoreError

POLL_SECONDS = 30
LIMIT = 100
WAITS = (1, 2, 5, 10, 30)
"""Seconds before asking again, the longer the more often it failed."""

Take = Callable[[list[object]], Awaitable[None]]


class Poller:
    """One `getUpdates` after another; no trouble ends it.

    Args:
        url: the Bot API's address, the token in it.
        take: keeps updates, and returns once they are safe.
    """

    def __init__(self, url: str, request: BaseRequest, take: Take) -> None:
        self._url = f"{url}/getUpdates"
        self._request = request
        self._take = take
        self._offset: int | None = None
        self._failures = 0
        self._told = ""

    async def run(self) -> None:
        """Ask until cancelled."""
        while True:
            try:
                updates = await self._ask()
                await self._take(updates)
            except (TelegramError, StoreError) as error:
                await self._wait(error)
                continue
            self._recovered()
            self._move(updates)

    async def _ask(self) -> list[object]:
        wanted: JSONDict = {"timeout": POLL_SECONDS, "limit": LIMIT, "offset": self._offset}
        parameters = [RequestParameter.from_input(name, value) for name, value in wanted.items() if value is not None]
        timeout = POLL_SECONDS + (self._request.read_timeout or 5)
        found = await self._request.post(self._url, RequestData(parameters), read_timeout=timeout)
        return list(found) if isinstance(found, list) else []

    def _move(self, updates: list[object]) -> None:
        found = [raw.get("update_id") for raw in updates if isinstance(raw, dict)]
        numbers = [number for number in found if isinstance(number, int)]
        if numbers:
            self._offset = max(numbers) + 1

    async def _wait(self, error: Exception) -> None:
        """Say what is wrong once, and ask again a little later."""
        if isinstance(error, TimedOut) and self._failures == 0:
            self._failures = 1
            return
        told = explain(error)
        if told != self._told:
            structlog.get_logger().error("telegram", trouble=told)
            self._told = told
        wait: float = WAITS[min(self._failures, len(WAITS) - 1)]
        if isinstance(error, RetryAfter):
            pause = error.retry_after
            wait = float(pause) if isinstance(pause, int | float) else pause.total_seconds()
        self._failures += 1
        await asyncio.sleep(wait)

    def _recovered(self) -> None:
        if self._told:
            structlog.get_logger().info("telegram", trouble="none any more")
        self._failures, self._told = 0, ""


def explain(error: Exception) -> str:
    """What an operator can do about it."""
    match error:
        case Conflict():
            return "another program asks for this bot's updates, or a webhook is set: stop it, or make a new token"
        case InvalidToken():
            return "Telegram refuses the token: set telegram.token (PORTEVOIX_TELEGRAM__TOKEN) as @BotFather gave it"
        case StoreError():
            return f"updates wait at Telegram: {error}"
        case _:
            return f"Telegram does not answer, trying again: {error}"
