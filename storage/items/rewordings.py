"""Replaces the words of items, and counts how often that was done."""

from datetime import datetime, timedelta

from sqlmodel import Session, func, select

from storage.engine.loading import change
from storage.items import feedback
from storage.models import Feedback, History
from storage.vocabulary import Action

DAY = timedelta(days=1, microseconds=-1)
"""From the beginning of a day to its end."""


def change_text(
    session: Session, item: Feedback, text: str, actor_id: int | None, now: datetime, *, marked: bool = False
) -> History:
    """Replace an item's text, and record that it was edited, without the former text; return the history entry.

    Args:
        now: of a nameless item, the beginning of the day; it is edited at its end, so that all support of the day
            counts as given before.
        marked: whether it is shown from now on that it was edited.
    """
    change(session, item, text=text, changed_at=now)
    if marked:
        change(session, item, edited_at=now + DAY if item.nameless else now)
    return feedback.record(session, item, Action.EDITED, actor_id, at=now)


def edits(session: Session, item: Feedback) -> int:
    """How often an item's text was changed since that was last marked."""
    query = select(func.count()).select_from(History).where(History.feedback_id == item.id)
    edited = query.where(History.action == Action.EDITED)
    if item.edited_at is None:
        return session.exec(edited).one()
    # Of a nameless item, the end of the day is stored with the change, and the beginning with each edit.
    since = item.edited_at - DAY if item.nameless else item.edited_at
    return session.exec(edited.where(History.at > since)).one()
