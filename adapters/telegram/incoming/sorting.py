"""Tells which updates are handled together, and in which person's order."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from telegram import Update

from adapters.values import JSON
from storage.traffic.inbox import TRIES


def in_turns(raws: Sequence[JSON], parse: Callable[[JSON], Update]) -> list[list[JSON]]:
    """Raw updates in the groups that are handled together: the least tried people's first, each person's as they came.

    Args:
        raws: updates that former starts of the bot began handling, in the order they came.
        parse: reads a raw update.
    """
    groups = [(person_of(parse(first)), [first, *rest]) for first, *rest in _groups(raws)]
    tried: dict[str, int] = {}
    for person, group in groups:
        tried.setdefault(person, group[0][TRIES])
    return [group for _, group in sorted(groups, key=lambda one: tried[one[0]])]


def _groups(raws: Sequence[JSON]) -> Iterator[list[JSON]]:
    return (list(group) for _, group in groupby(raws, key=_group_of))


def _group_of(raw: JSON) -> object:
    """The key that raw updates handled together share: the album's id, or the update's own."""
    message = raw.get("message")
    album = message.get("media_group_id") if isinstance(message, dict) else None
    return album or raw["update_id"]


def album_of(update: Update) -> str | None:
    """The key of the album an update is part of, or None."""
    message = update.message
    return f"{message.chat.id}/{message.media_group_id}" if message and message.media_group_id else None


def person_of(update: Update) -> str:
    """The key of the person's lane; anonymous administrators share one for each group."""
    message = update.effective_message
    if message and message.sender_chat:
        return f"chat {message.sender_chat.id}"
    return str(update.effective_user.id) if update.effective_user else "nobody"
