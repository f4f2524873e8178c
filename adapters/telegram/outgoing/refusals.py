"""Translates Telegram's errors for the outbox, and classifies refusals."""

import re
from collections.abc import Callable

import structlog
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from adapters.bounded import BoundedDict
from adapters.telegram.transport.backoff import explain, retry_after
from adapters.telegram.transport.lost_answers import LostAnswers
from adapters.telegram.transport.request import AnswerLost
from bot.ports.adapter import Offline, TryLater, Uncertain, Unreachable

REFUSED_RETRY = 30.0
"""Seconds before a retry when Telegram refuses the token."""
LOST_TOPIC = ("thread not found", "topic_closed", "topic_deleted")
"""The texts of refusals for deleted or closed topics."""

GONE = ("message to edit not found", "message to delete not found", "message can't be edited", "message_id_invalid")
NO_RIGHT = ("rights", "chat_write_forbidden", "chat_restricted")
RIGHT = re.compile(r"rights to ([a-z ]+?)(?: (?:to|in) the .*)?$")
"""The text of a refusal with the name of the missing right."""


def is_lost_topic(error: TelegramError) -> bool:
    """Whether an error says that a topic was deleted or closed."""
    words = str(error).lower()
    return isinstance(error, BadRequest) and any(sign in words for sign in LOST_TOPIC)


def is_unmodified(error: TelegramError) -> bool:
    """Whether an edit was refused because the message already has that content."""
    return "not modified" in str(error).lower()


def is_gone(error: TelegramError) -> bool:
    """Whether an error says that a message was deleted or can never be edited again."""
    words = str(error).lower()
    return isinstance(error, BadRequest) and any(sign in words for sign in GONE)


def is_of_another_kind(error: TelegramError) -> bool:
    """Whether an edit was refused because the message is of another kind: it has no text, or no picture."""
    return re.search(r"there is no (text|caption|media) in the message", str(error).lower()) is not None


def may_not_delete(error: TelegramError) -> bool:
    """Whether an error says that a message cannot be deleted, as after more than two days."""
    return isinstance(error, BadRequest) and "can't be deleted" in str(error).lower()


def name_cause(error: TelegramError) -> str:
    """Why a group refuses a card, and what the operator can do about it, in words."""
    words = str(error).lower()
    if is_lost_topic(error):
        return "the topic is gone or closed: open it again, or name another place for ideas"
    if any(sign in words for sign in NO_RIGHT):
        denied = RIGHT.search(words)
        right = denied[1] if denied else "send text messages"
        return f"the bot has no right to {right} in the group: give it that, or make it an administrator"
    if isinstance(error, Forbidden) or "chat not found" in words:
        return "the bot is not in the group any more: add it again, or name another place for ideas"
    return str(error)


def may_not_send(error: TelegramError) -> bool:
    """Whether an error says that the bot may not send this kind of message there."""
    return "not enough rights to send" in str(error).lower()


class Refusals:
    """Translates one bot's errors; those the operator can resolve are logged once.

    Args:
        lost_answers: is notified of lost answers.
        is_offline: whether Telegram cannot be reached at present.
    """

    def __init__(self, lost_answers: LostAnswers, is_offline: Callable[[], bool]) -> None:
        self._lost_answers = lost_answers
        self._is_offline = is_offline
        self._logged: BoundedDict[str, None] = BoundedDict()

    def translate(self, error: TelegramError) -> Exception:
        """The error for the outbox: `Unreachable`, `Offline`, `Uncertain` or `TryLater`."""
        if isinstance(error, AnswerLost):
            self._lost_answers.note()
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

    def translate_edit(self, error: TelegramError) -> Exception:
        """The error for the outbox of an edit, which can be retried safely if its answer was lost."""
        failure = self.translate(error)
        return TryLater(str(error)) if isinstance(failure, Uncertain) else failure

    async def wait_for_answers(self) -> None:
        """If an answer was lost, wait until Telegram answers again.

        Raises:
            Offline: it does not answer.
        """
        try:
            await self._lost_answers.wait()
        except TelegramError as error:
            raise Offline(str(error)) from None

    def log_once(self, about: str, mend: str) -> None:
        """Log what to do about a problem, only the first time it occurs."""
        if about not in self._logged:
            self._logged[about] = None
            structlog.get_logger().error("telegram", mend=mend)
