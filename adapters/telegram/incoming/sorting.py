"""Groups updates: which are handled together, in which order, and whose they are."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby, takewhile

from telegram import Update

from adapters.values import JSON
from storage.traffic.inbox import TRIES


def in_turns(raws: Sequence[JSON], parse: Callable[[JSON], Update]) -> list[list[JSON]]:
    """Raw updates, grouped as they are handled: people whose updates were tried least first, each in order of arrival.

    Args:
        raws: updates that former starts of the bot began to handle, in order of arrival.
        parse: converts a raw update.
    """
    groups = [(person_of(parse(first)), [first, *rest]) for first, *rest in _groups(raws)]
    tried: dict[str, int] = {}
    for person, group in groups:
        tried.setdefault(person, group[0][TRIES])
    return [group for _, group in sorted(groups, key=lambda one: tried[one[0]])]


def in_batches(turns: list[list[JSON]]) -> Iterator[list[JSON]]:
    """Groups of raw updates, joined to those that are handled together before the next.

    Those that one start alone began to handle are twice as many each time, as long as none of them ends the process;
    afterwards each of the last batch is handled alone.
    """
    at_most = 1
    while turns:
        once = list(takewhile(lambda group: group[0][TRIES] == 1, turns[:at_most])) or turns[:1]
        yield list(chain.from_iterable(once))
        turns, at_most = turns[len(once) :], 2 * at_most


def _groups(raws: Sequence[JSON]) -> Iterator[list[JSON]]:
    return (list(group) for _, group in groupby(raws, key=_group_of))


def _group_of(raw: JSON) -> object:
    """The key shared by raw updates that are handled together: the album's id, or the update's own."""
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
