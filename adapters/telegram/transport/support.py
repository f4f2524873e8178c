"""Tells whether the Bot API server has ephemeral messages; one without would show everybody what is meant for one."""

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from adapters.telegram.ephemeral import DELETE, Ephemeral
from adapters.telegram.transport.calls import call


class EphemeralSupport:
    """What is known of one bot's server since this start."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: bool | None = None

    def note_supported(self) -> None:
        """Note that an update had an ephemeral message."""
        if self._known is None:
            self._known = True

    def note_unsupported(self) -> None:
        """Note that the server showed everybody what was meant for one person; it is not tried again."""
        self._known = False
        mend = "the Bot API server showed everybody what was for one person; not tried again: it needs Bot API 10.3"
        structlog.get_logger().error("telegram", mend=mend)

    async def is_supported(self) -> bool:
        """Whether it has them; asked once by a call that can have no effect. False while it does not answer."""
        if self._known is None:
            self._known = await self._ask()
        return bool(self._known)

    async def _ask(self) -> bool | None:
        """Whether it knows a method about them; None when that cannot be told now."""
        nothing = Ephemeral(self._bot.id, 1, self._bot.id)
        try:
            await call(self._bot, DELETE, nothing.named())
        except (BadRequest, Forbidden):
            return True
        except InvalidToken as error:
            # An unknown method is reported like a refused token, in other words.
            return None if "unauthorized" in str(error).lower() else False
        except TelegramError:
            return None
        return True
