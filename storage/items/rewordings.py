"""Replaces the texts of items, and counts the edits."""

from datetime import datetime, timedelta

from sqlmodel import Session, func, select

from storage.engine.loading import change
from storage.items import feedback
from storage.models import Feedback, History
from storage.vocabulary import Action

DAY = timedelta(days=1, microseconds=-1)
"""The span from the first to the last microsecond of a day."""


def change_text(
    session: Session, item: Feedback, text: str, actor_id: int | None, now: datetime, *, marked: bool = False
) -> History:
    """Replace an item's text, and record the edit without the former text; return the history entry.

    Args:
        now: the present; for a nameless item the beginning of the day. Its `edited_at` is then the end of the day, so
            that all support of that day counts as given before.
        marked: whether the item is shown as edited from now on.
    """
    change(session, item, text=text, changed_at=now)
    if marked:
        change(session, item, edited_at=now + DAY if item.nameless else now)
    return feedback.record(session, item, Action.EDITED, actor_id, at=now)


def edits(session: Session, item: Feedback) -> int:
    """How often an item's text was edited since it was last marked as edited."""
    query = select(func.count()).select_from(History).where(History.feedback_id == item.id)
    edited = query.where(History.action == Action.EDITED)
    if item.edited_at is None:
        return session.exec(edited).one()
    # For a nameless item the mark has the end of the day as its time, and each edit the beginning.
    since = item.edited_at - DAY if item.nameless else item.edited_at
    return session.exec(edited.where(History.at > since)).one()
