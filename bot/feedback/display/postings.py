"""How the jobs that redraw posted messages handle each kind of them."""

from collections.abc import Callable, Collection, Sequence

from sqlmodel import Session

from bot.core import Core
from bot.ports.reply import Reply
from storage.items.desk.standings import standing
from storage.models import Feedback, Outbox
from storage.values import frozen

Redraw = Callable[[Session, Core, str, Sequence[Feedback]], Reply | None]
"""The message in a place as it is now, with tokens, from its delivery key and the items it shows; None to leave it."""
Shows = Callable[[Session, Core, Outbox], Collection[int]]
"""The ids of the items whose state a message to a place shows."""


@frozen
class Posting:
    """A kind of message to a place.

    Attributes:
        prefix: the prefix of its delivery keys.
        redraw: makes its present content.
        shows: finds the items it shows.
        mark: a digest of what it shows of an item.
        as_posted: the mark of every item when it is posted; empty where that is not the same for all.
    """

    prefix: str
    redraw: Redraw
    shows: Shows
    mark: Callable[[Feedback], str]
    as_posted: str = ""


def team_mark(item: Feedback) -> str:
    """A digest of an item's state as the team sees it."""
    return standing(item).team_mark


def about(session: Session, core: Core, row: Outbox) -> Collection[int]:
    """The one item that a message is about."""
    return () if row.feedback_id is None else (row.feedback_id,)
