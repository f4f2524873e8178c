"""Recognises that Telegram refuses a message because the bot is no longer in a group."""

from telegram.error import Forbidden, TelegramError

SIGNS = ("kicked", "not a member", "group chat was deleted")
"""What such a refusal says; others are about what the bot may write there."""


def is_removed(chat: int, error: TelegramError) -> bool:
    """Whether an error tells that the bot was removed from this chat, a group."""
    return chat < 0 and isinstance(error, Forbidden) and any(sign in str(error).lower() for sign in SIGNS)
