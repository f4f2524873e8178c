"""Groups updates: which are handled together, and whose order they belong to."""

from telegram import Update

from adapters.values import JSON


def group_of(raw: JSON) -> object:
    """The key shared by raw updates that are handled together: the album's id, or the update's own."""
    message = raw.get("message")
    album = message.get("media_group_id") if isinstance(message, dict) else None
    return album or raw["update_id"]


def album_of(update: Update) -> str | None:
    """The key of the album an update is part of, or None."""
    message = update.message
    return f"{message.chat.id}/{message.media_group_id}" if message and message.media_group_id else None


def person_of(update: Update) -> str:
    """The key of the person whose updates are handled in order; a group's anonymous administrators share one."""
    message = update.effective_message
    if message and message.sender_chat:
        return f"chat {message.sender_chat.id}"
    return str(update.effective_user.id) if update.effective_user else "nobody"
