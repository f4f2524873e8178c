"""Stores the messages of alerts: where they stand, what they show, and which process posts or edits them."""

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
    """Order an alert's message in places; those that are there stay."""
    for place_id in place_ids:
        insert_once(session, AlertPost(alert_id=alert_id, place_id=place_id, next_at=now))


def of_alert(session: Session, alert_id: int) -> list[tuple[AlertPost, Place]]:
    """The messages of an alert, each with its place, where the bot is."""
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
    """Take it upon this process to post or edit a message; False when it has to wait, or another one does.

    Args:
        read: when it could be posted or edited next, as this process knows.
        until: before then no other process does it.
        hurried: whether it shows what must not be seen any more, so that it waits for nothing.
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


def show(session: Session, post_id: int, message: str, shown: str, quoted: int, next_at: datetime) -> None:
    """Note what a message shows now."""
    values = {"message": message, "shown": shown, "quoted": quoted, "next_at": next_at, "failures": 0}
    session.exec(update(AlertPost).where(col(AlertPost.id) == post_id).values(**values))


def put_off(session: Session, post_id: int, until: datetime) -> None:
    """Note that a message could not be posted or edited."""
    values = {"failures": col(AlertPost.failures) + 1, "next_at": until}
    session.exec(update(AlertPost).where(col(AlertPost.id) == post_id).values(**values))


def lose(session: Session, post_id: int) -> None:
    """Note that a message is not there any more; it is not posted again, as somebody took it away."""
    session.exec(update(AlertPost).where(col(AlertPost.id) == post_id).values(message=TAKEN_AWAY))
