"""Sends in plain values: python-telegram-bot's objects, of which one number is wanted, cost more than the sending."""

from collections.abc import Mapping

from telegram import InputFile
from telegram._utils.types import JSONDict
from telegram.ext import AIORateLimiter
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter


class Wire:
    """Calls of one bot that send something.

    Args:
        url: the Bot API's address, the token in it.
    """

    def __init__(self, url: str, request: BaseRequest) -> None:
        self._url = url
        self._request = request
        # Its own retries would halt every chat, so there are none: the outbox does that, for the one chat alone.
        self._limiter = AIORateLimiter(max_retries=0)

    async def send(self, method: str, given: Mapping[str, object], *, paced: bool) -> int:
        """Send a message.

        Args:
            given: the method's parameters; those that are None are left out, bytes are a file.
            paced: whether it goes no faster than Telegram likes, since nobody waits for it.

        Returns:
            The message's number.

        Raises:
            TelegramError: as python-telegram-bot's own methods do.
        """
        values: JSONDict = {name: _file(value) for name, value in given.items() if value is not None}
        data = RequestData([RequestParameter.from_input(name, value) for name, value in values.items()])
        url = f"{self._url}/{method}"
        if not paced:
            return _number(await self._request.post(url, data))
        return _number(await self._limiter.process_request(self._request.post, (url, data), {}, method, values, None))


def _file(value: object) -> object:
    return InputFile(value, attach=True, filename="picture.png") if isinstance(value, bytes) else value


def _number(sent: object) -> int:
    """The number of a message that was sent; 0, which is none, when the answer does not tell."""
    number = sent.get("message_id") if isinstance(sent, dict) else None
    return number if isinstance(number, int) else 0
