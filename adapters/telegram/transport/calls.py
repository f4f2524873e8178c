"""Sends messages as plain JSON: making python-telegram-bot's objects costs more than the request."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from telegram import InputFile
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from adapters.values import JSON

if TYPE_CHECKING:
    from telegram.ext import AIORateLimiter


class Upload(NamedTuple):
    """A file to send, with the name it is shown under."""

    name: str
    content: bytes


class Calls:
    """The calls of one bot that send a message.

    Args:
        url: the Bot API's address with the token.
    """

    def __init__(self, url: str, request: BaseRequest) -> None:
        self._url = url
        self._request = request

    async def send(self, method: str, given: Mapping[str, object], *, paced: bool) -> int:
        """Send a message.

        Args:
            method: the Bot API's method.
            given: its parameters; None is left out, bytes are sent as a picture, uploads as files.
            paced: whether to keep to Telegram's rate limits, as for messages nobody is waiting for.

        Returns:
            The number of the message sent; 0 when the answer has none.

        Raises:
            TelegramError: as python-telegram-bot's own methods do.
        """
        values: JSON = {name: _file(value) for name, value in given.items() if value is not None}
        data = RequestData([RequestParameter.from_input(name, value) for name, value in values.items()])
        url = f"{self._url}/{method}"
        if not paced:
            return _number(await self._request.post(url, data))
        return _number(await self._limiter.process_request(self._request.post, (url, data), {}, method, values, None))

    @cached_property
    def _limiter(self) -> "AIORateLimiter":
        # Imported at use: `telegram.ext` takes 3 MiB, and only what nobody waits for is paced.
        from telegram.ext import AIORateLimiter  # noqa: PLC0415

        # No retries here, which would block every chat: the outbox retries, and delays one chat only.
        return AIORateLimiter(max_retries=0)


def _file(value: object) -> object:
    if isinstance(value, Upload):
        return InputFile(value.content, attach=True, filename=value.name)
    return InputFile(value, attach=True, filename="picture.png") if isinstance(value, bytes) else value


def _number(sent: object) -> int:
    """The number of the message in an answer, or 0."""
    number = sent.get("message_id") if isinstance(sent, dict) else None
    return number if isinstance(number, int) else 0
