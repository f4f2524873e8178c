"""Bears with Telegram: says once what is wrong, waits the longer the more often it failed, and says when it is over."""

import asyncio
import time

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from storage.engine.errors import StoreError

WAITS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before asking again, the longer the more often it failed."""
REMINDED = 600.0
"""Seconds after which a trouble that lasts is said again."""
SHOWN = 200
"""Characters shown of an error's own words: a proxy's page may be long."""


class Patience:
    """What went wrong in a row, for one thing that is tried until it works."""

    def __init__(self) -> None:
        self._failures = 0
        self._told = ""
        self._told_at = 0.0

    @property
    def tried(self) -> bool:
        """Whether it failed the last time."""
        return self._failures > 0

    async def wait(self, error: Exception) -> None:
        """Say what is wrong unless that was said a moment ago, and sleep until it is time to try again."""
        self._failures += 1
        if isinstance(error, TimedOut) and self._failures == 1:
            # A connection that fell asleep: ordinary, and asking again at once mends it.
            return
        self._tell(explain(error))
        own = WAITS[min(self._failures, len(WAITS)) - 1]
        await asyncio.sleep(seconds(error) if isinstance(error, RetryAfter) else own)

    def over(self) -> None:
        """Note that it worked."""
        if self._told:
            structlog.get_logger().info("telegram", trouble="none any more")
        self._failures, self._told = 0, ""

    def _tell(self, trouble: str) -> None:
        now = time.monotonic()
        if trouble != self._told or now - self._told_at > REMINDED:
            structlog.get_logger().error("telegram", trouble=trouble)
            self._told, self._told_at = trouble, now


def explain(error: Exception) -> str:
    """What an operator can do about it."""
    words = str(error)[:SHOWN]
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


def seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
