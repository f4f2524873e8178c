"""Finds out whether the Bot API server supports ephemeral messages; others would show them to everybody."""

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from adapters.telegram.ephemeral import DELETE, Ephemeral
from adapters.telegram.transport.calls import call


class EphemeralSupport:
    """Whether one bot's server supports ephemeral messages, as far as known since this start."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: bool | None = None

    def note_supported(self) -> None:
        """Record that an update had an ephemeral message."""
        if self._known is None:
            self._known = True

    def note_unsupported(self) -> None:
        """Record that the server showed an ephemeral message to everybody; it is not tried again."""
        self._known = False
        mend = "the Bot API server showed everybody what was for one person; not tried again: it needs Bot API 10.3"
        structlog.get_logger().error("telegram", mend=mend)

    async def is_supported(self) -> bool:
        """Whether it supports them; found out once by a call without effect. False while the server does not answer."""
        if self._known is None:
            self._known = await self._ask()
        return bool(self._known)

    async def _ask(self) -> bool | None:
        """Whether it knows a method for ephemeral messages; None if it does not answer."""
        nothing = Ephemeral(self._bot.id, 1, self._bot.id)
        try:
            await call(self._bot, DELETE, nothing.named())
        except (BadRequest, Forbidden):
            return True
        except InvalidToken as error:
            # An unknown method has the same error code as a refused token, with another text.
            return None if "unauthorized" in str(error).lower() else False
        except TelegramError:
            return None
        return True
