"""Stores the messages of alerts: their places, what they show, and which process posts or edits them."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select, update

from storage.engine.unique import insert_once
from storage.models import AlertPost, Place

TAKEN_AWAY = "-"
"""Stands for a message that somebody deleted."""


def order(session: Session, alert_id: int, place_ids: Collection[int], now: datetime) -> None:
    """Order an alert's message in places; existing ones are kept."""
    for place_id in place_ids:
        insert_once(session, AlertPost(alert_id=alert_id, place_id=place_id, next_at=now))


def of_alert(session: Session, alert_id: int) -> list[tuple[AlertPost, Place]]:
    """The messages of an alert in places the bot is in, each with its place."""
    query = select(AlertPost, Place).join(Place, col(Place.id) == col(AlertPost.place_id))
    query = query.where(AlertPost.alert_id == alert_id, col(Place.left_at).is_(None)).order_by(col(AlertPost.id))
    return list(session.exec(query.execution_options(populate_existing=True)))


def claim(session: Session, post_id: int, read: datetime, now: datetime, until: datetime, *, hurried: bool) -> bool:
    """Reserve the posting or editing of a message for this process; False when it must wait or another has reserved it.

    Args:
        read: the `next_at` that this process has read; a changed value means that another process was faster.
        until: the end of the reservation.
        hurried: whether it shows something that must be hidden now, so that it does not wait for `next_at`.
    """
    same = (col(AlertPost.id) == post_id, col(AlertPost.next_at) == read)
    due = col(AlertPost.message) != "" if hurried else col(AlertPost.next_at) <= now
    return bool(session.exec(update(AlertPost).where(*same, due).values(next_at=until)).rowcount)


def mark_shown(session: Session, post_id: int, message: str, shown: str, quoted: int, next_at: datetime) -> None:
    """Record what a message shows now."""
    values = {"message": message, "shown": shown, "quoted": quoted, "next_at": next_at, "failures": 0}
    session.exec(update(AlertPost).where(col(AlertPost.id) == post_id).values(**values))


def postpone(session: Session, post_id: int, until: datetime) -> None:
    """Record that a message could not be posted or edited, and when to try again."""
    values = {"failures": col(AlertPost.failures) + 1, "next_at": until}
    session.exec(update(AlertPost).where(col(AlertPost.id) == post_id).values(**values))


def mark_lost(session: Session, post_id: int) -> None:
    """Record that somebody deleted a message; it is not posted again."""
    session.exec(update(AlertPost).where(col(AlertPost.id) == post_id).values(message=TAKEN_AWAY))
