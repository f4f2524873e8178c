"""Backoff for calls that are retried until they succeed; logs the beginning and the end of each problem."""

import asyncio
import time

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from storage.engine.errors import StoreError

DELAYS = (1.0, 1.5, 2.0, 3.0, 4.5, 6.0, 10.0, 15.0)
"""Seconds before the retry after each consecutive failure; python-telegram-bot's own loop waits longer."""
REMIND_AFTER = 600.0
"""Seconds after which a continuing problem is logged again."""
MOST_SHOWN = 200
"""The most characters logged of an error's message, which may be a proxy's page."""


class Backoff:
    """Counts consecutive failures of a call, and waits accordingly."""

    def __init__(self) -> None:
        self._failures = 0
        self._logged = ""
        self._logged_at = 0.0

    @property
    def failing(self) -> bool:
        """Whether the last attempt failed."""
        return self._failures > 0

    async def wait(self, error: Exception) -> None:
        """Log an error, unless it was logged recently, and sleep until the next attempt.

        The sleep is as long as Telegram asks for, else by `DELAYS`. A first timeout is retried immediately and not
        logged.
        """
        self._failures += 1
        if isinstance(error, TimedOut) and self._failures == 1:
            # An idle connection was closed, which is normal.
            return
        self._log(explain(error))
        own = DELAYS[min(self._failures, len(DELAYS)) - 1]
        await asyncio.sleep(retry_after(error) if isinstance(error, RetryAfter) else own)

    def reset(self) -> None:
        """Record a success; the end of a logged problem is logged."""
        if self._logged:
            structlog.get_logger().info("telegram", trouble="none any more")
        self._failures, self._logged = 0, ""

    def _log(self, trouble: str) -> None:
        now = time.monotonic()
        if trouble != self._logged or now - self._logged_at > REMIND_AFTER:
            structlog.get_logger().error("telegram", trouble=trouble)
            self._logged, self._logged_at = trouble, now


def explain(error: Exception) -> str:
    """An error in words for the operator's log, with a remedy if there is one."""
    words = str(error)[:MOST_SHOWN]
    match error:
        case Conflict() if "webhook" in words.lower():
            return "another program set a webhook for this bot, so it gets no updates: stop it, or make a new token"
        case Conflict():
            return "another program asks for this bot's updates: stop it, or make a new token"
        case InvalidToken():
            return "Telegram refuses the token: set telegram.token (PORTEVOIX_TELEGRAM__TOKEN) as @BotFather gave it"
        case StoreError():
            return f"updates wait at Telegram: {words}"
        case TelegramError():
            return f"Telegram does not answer, trying again: {words}"
        case _:
            return f"a fault of the bot's, trying again: {type(error).__name__}"


def retry_after(error: RetryAfter) -> float:
    """Seconds that Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
