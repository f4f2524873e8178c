"""Recognises refusals for the reason that the bot is no longer in a group."""

from telegram.error import Forbidden, TelegramError

SIGNS = ("kicked", "not a member", "group chat was deleted")
"""Texts of such refusals; others are about rights in the group."""


def is_removed(chat: int, error: TelegramError) -> bool:
    """Whether an error says that the bot was removed from this chat, a group."""
    return chat < 0 and isinstance(error, Forbidden) and any(sign in str(error).lower() for sign in SIGNS)
