"""Stores the messages of alerts: their places, what they show, and which process posts or edits them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col, update

from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert_once, table_of
from storage.models import AlertPost, Place

TAKEN_AWAY = "-"
"""Stands for a message that somebody deleted."""


def order(session: Session, alert_id: int, place_ids: Collection[int], now: datetime) -> None:
    """Order an alert's message in places; existing ones are kept."""
    for place_id in place_ids:
        insert_once(session, AlertPost(alert_id=alert_id, place_id=place_id, next_at=now))


def of_alert(session: Session, alert_id: int) -> list[tuple[AlertPost, Place]]:
    """The messages of an alert in places the bot is in, each with its place."""
    places = {place.id: place for place in _places.all(session, {"alert_id": alert_id})}
    posts = _posts.all(session, {"alert_id": alert_id})
    return [(post, places[post.place_id]) for post in posts if post.place_id in places]


@loaded(Place, anew=True)
def _places(_: str) -> Select[Place]:
    posted = sa_select(col(AlertPost.place_id)).where(col(AlertPost.alert_id) == bindparam("alert_id"))
    return sa_select(Place).where(col(Place.id).in_(posted), col(Place.left_at).is_(None))


@loaded(AlertPost, anew=True)
def _posts(_: str) -> Select[AlertPost]:
    own = col(AlertPost.alert_id) == bindparam("alert_id")
    return sa_select(AlertPost).where(own).order_by(col(AlertPost.id))


def claim(session: Session, post_id: int, read: datetime, now: datetime, until: datetime, *, hurried: bool) -> bool:
    """Reserve the posting or editing of a message for this process; False when it must wait or another has reserved it.

    Args:
        read: the `next_at` that this process has read; a changed value means that another process was faster.
        until: the end of the reservation.
        hurried: whether it shows something that must be hidden now, so that it does not wait for `next_at`.
    """
    given = {"id": post_id, "read": read, "now": now, "until": until}
    return bool((_claim_stood if hurried else _claim_due).rows(session, given))


@prepared()
def _claim_stood(_: str) -> ReturningUpdate[int]:
    return _claimed(table_of(AlertPost).c.message != "")


@prepared()
def _claim_due(_: str) -> ReturningUpdate[int]:
    return _claimed(table_of(AlertPost).c.next_at <= bindparam("now"))


def _claimed(due: ColumnElement[bool]) -> ReturningUpdate[int]:
    own = table_of(AlertPost).c
    same = (own.id == bindparam("id"), own.next_at == bindparam("read"), due)
    return sa_update(table_of(AlertPost)).where(*same).values(next_at=bindparam("until")).returning(own.id)


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
