"""Stores messages that show the state of an item; a database trigger makes them due when the item changes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Executable
from sqlmodel import Session, col, delete, select, update

from storage.engine.prepared import prepared
from storage.engine.unique import insert_in
from storage.models import Outbox, Screen

_STORED = (
    "key",
    "feedback_id",
    "place_id",
    "member_id",
    "holder",
    "sealed",
    "platform",
    "message",
    "shown",
    "revision",
    "shown_revision",
    "created_at",
    "next_at",
)
"""The columns of a row, except the id, which the database assigns."""


def keep(
    session: Session,
    key: str,
    feedback_id: int,
    platform: str,
    message: str,
    shown: str,
    now: datetime,
    *,
    place_id: int | None = None,
    member_id: int | None = None,
    holder: str | None = None,
    sealed: bytes | None = None,
    current: bool = False,
) -> None:
    """Store what a message shows; it is due once, in case the item changed after the message was made.

    Args:
        key: the delivery key of the message.
        message: its id on the platform.
        shown: a digest of the item's state in the message; empty when unknown.
        place_id: the place it was posted in.
        member_id: the item's author, if it was sent to them alone.
        holder: the keyed mark of the person whose card it is.
        sealed: the sealed data for drawing that card again.
        current: whether the item, which is locked, is still in that state; then the message is not due yet.
    """
    row = {
        "key": key,
        "feedback_id": feedback_id,
        "place_id": place_id,
        "member_id": member_id,
        "holder": holder,
        "sealed": sealed,
        "platform": platform,
        "message": message,
        "shown": shown,
        "revision": 1,
        "shown_revision": 1 if current else 0,
        "created_at": now,
        "next_at": now,
    }
    _keep.rows(session, row)


def forget(session: Session, platform: str, messages: Collection[str]) -> None:
    """Delete the rows of messages of a platform, as these now show something else."""
    theirs = (col(Screen.message).in_(messages), col(Screen.platform) == platform)
    session.exec(delete(Screen).where(*theirs))


def forget_author(session: Session, feedback_id: int) -> None:
    """Delete the rows of messages that show an item to its author, when it becomes nameless."""
    theirs = (col(Screen.feedback_id) == feedback_id, col(Screen.member_id).is_not(None))
    session.exec(delete(Screen).where(*theirs))


def posted(session: Session, key: str) -> Outbox | None:
    """The delivery of a message to a place, by its key; None where a nameless author caused it.

    For those no row may be stored, since a message's platform id reveals when it was sent.
    """
    query = select(Outbox).where(Outbox.dedupe_key == key, col(Outbox.place_id).is_not(None), col(Outbox.id) > 0)
    return session.exec(query).first()


def due(session: Session, now: datetime, most: int) -> list[Screen]:
    """The messages whose items have changed and that may be edited now, those due longest first."""
    changed = (col(Screen.revision) != col(Screen.shown_revision), col(Screen.next_at) <= now)
    return list(session.exec(select(Screen).where(*changed).order_by(col(Screen.next_at)).limit(most)))


def of_message(session: Session, key: str) -> list[Screen]:
    """The rows of a message, which may show several items, by its delivery key."""
    query = select(Screen).where(Screen.key == key).order_by(col(Screen.id))
    return list(session.exec(query.execution_options(populate_existing=True)))


def mark_shown(session: Session, screen_id: int, revision: int, shown: str, next_at: datetime) -> None:
    """Record what a message shows of its item now.

    Args:
        revision: the revision read before the item was read; a later change makes the message due again.
        shown: a digest of the item's state.
        next_at: when the message may be edited next.
    """
    values = {"shown": shown, "shown_revision": revision, "next_at": next_at}
    session.exec(update(Screen).where(col(Screen.id) == screen_id).values(**values))


def postpone(session: Session, screen_id: int, until: datetime) -> None:
    """Postpone the edit of a message until an instant."""
    session.exec(update(Screen).where(col(Screen.id) == screen_id).values(next_at=until))


# Run with every item that is filed: built once, and without a model object, which takes longer than the statement.
@prepared(*_STORED)
def _keep(dialect: str) -> Executable:
    return insert_in(dialect, Screen).on_conflict_do_nothing()
