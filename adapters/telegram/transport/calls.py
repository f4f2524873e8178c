"""Calls the Bot API with plain values, since creating python-telegram-bot's objects takes longer than the request."""

import warnings
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from telegram import Bot, InputFile
from telegram.error import EndPointNotFound, InvalidToken
from telegram.request import BaseRequest
from telegram.warnings import PTBUserWarning

from adapters.values import JSON

if TYPE_CHECKING:
    from telegram.ext import AIORateLimiter

Answer = bool | JSON | list[JSON]


class Upload(NamedTuple):
    """A file to send, with the name it is shown under."""

    name: str
    content: bytes


async def call(bot: Bot, method: str, given: JSON, patience: float | None = None) -> Answer:
    """Call a method of the Bot API; return its decoded answer.

    Args:
        patience: the read timeout in seconds; None for the usual one.

    Raises:
        TelegramError: as python-telegram-bot's own methods do.
    """
    waiting = BaseRequest.DEFAULT_NONE if patience is None else patience
    try:
        answer: Answer = await bot.do_api_request(method, given, read_timeout=waiting)
    except EndPointNotFound as error:
        # The library mistakes a refused token for a missing method.
        raise error.__cause__ or InvalidToken() from None
    return answer


def allow_raw_calls() -> None:
    """Silence the library's warning to use its own methods, which parse answers that are not needed."""
    warnings.filterwarnings("ignore", r"Please use 'Bot\.", PTBUserWarning)


class Calls:
    """The calls of one bot that send or edit a message."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, method: str, given: Mapping[str, object], *, paced: bool) -> int:
        """Send or edit a message.

        Args:
            method: the Bot API's method.
            given: its parameters; None values are left out, uploads are sent as files.
            paced: whether to wait for Telegram's rate limits, as for messages nobody is waiting for.

        Returns:
            The number of the message; 0 when the answer has none.

        Raises:
            TelegramError: as python-telegram-bot's own methods do.
        """
        values: JSON = {name: _file(value) for name, value in given.items() if value is not None}
        if not paced:
            return _number(await call(self._bot, method, values))
        return _number(await self._limiter.process_request(call, (self._bot, method, values), {}, method, values, None))

    @cached_property
    def _limiter(self) -> "AIORateLimiter":
        # Imported at use: `telegram.ext` takes 3 MiB, and is needed only for paced messages.
        from telegram.ext import AIORateLimiter  # noqa: PLC0415

        # No retries by the limiter, which would block every chat; the outbox retries, and delays only one chat.
        return AIORateLimiter(max_retries=0)


def _file(value: object) -> object:
    if isinstance(value, Upload):
        return InputFile(value.content, attach=True, filename=value.name)
    return value


def _number(sent: object) -> int:
    """The number of the message in an answer, or 0."""
    number = sent.get("message_id") if isinstance(sent, dict) else None
    return number if isinstance(number, int) else 0
