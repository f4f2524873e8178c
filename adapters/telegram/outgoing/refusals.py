"""Translates Telegram's errors for the outbox, and tells what a refusal is about."""

from collections.abc import Callable

import structlog
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.transport.backoff import explain, retry_after
from adapters.telegram.transport.request import AnswerLost
from adapters.telegram.transport.silence import Silence
from bot.ports.adapter import Offline, TryLater, Uncertain, Unreachable

REFUSED_RETRY = 30.0
"""Seconds before a retry when Telegram refuses the token."""
LOST_TOPIC = ("thread not found", "topic_closed", "topic_deleted")
"""What a refusal says when the topic is gone or closed."""


def is_lost_topic(error: TelegramError) -> bool:
    """Whether an error tells that a topic takes no messages: it was deleted or closed."""
    words = str(error).lower()
    return isinstance(error, BadRequest) and any(sign in words for sign in LOST_TOPIC)


def may_not_send(error: TelegramError) -> bool:
    """Whether an error tells that the bot may not send this kind of message there."""
    return "not enough rights to send" in str(error).lower()


class Refusals:
    """Translates one sender's errors; what the operator can mend is logged once.

    Args:
        silence: told of lost answers.
        is_offline: whether Telegram cannot be reached at all at the moment.
    """

    def __init__(self, silence: Silence, is_offline: Callable[[], bool]) -> None:
        self._silence = silence
        self._is_offline = is_offline
        self._logged: BoundedDict[str, None] = BoundedDict()

    def translate(self, error: TelegramError) -> Exception:
        """The error for the outbox: `Unreachable`, `Offline`, `Uncertain` or `TryLater`."""
        if isinstance(error, AnswerLost):
            self._silence.note()
        match error:
            case RetryAfter():
                return TryLater("flood", retry_after(error))
            case Forbidden() | BadRequest():
                return Unreachable(str(error))
            case AnswerLost():
                return Uncertain(str(error))
            case InvalidToken():
                self.log_once("token", explain(error))
                return Offline("the token is refused", REFUSED_RETRY)
            case NetworkError() if self._is_offline():
                return Offline(str(error))
            case NetworkError():
                return TryLater(str(error))
            case _:
                return TryLater(str(error), REFUSED_RETRY)

    def log_once(self, about: str, mend: str) -> None:
        """Log how something is mended, the first time it goes wrong."""
        if about not in self._logged:
            self._logged[about] = None
            structlog.get_logger().error("telegram", mend=mend)
