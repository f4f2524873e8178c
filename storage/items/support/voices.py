"""Stores and counts the sentences in which supporters say why an item matters to them.

Of a person with sentences on several items of a group, only the newest counts.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, func, select

from storage.engine.listing import among, at_most, listed
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import insert_once
from storage.models import Feedback, Support, Voice


def say(session: Session, item: Feedback, member_id: int, text: str, language: str, now: datetime) -> None:
    """Store a supporter's sentence on an item, replacing their former one."""
    # Deleted and inserted, not updated: the trigger that makes cards due reacts to inserts and deletes.
    drop_of(session, item.id, member_id)
    insert_once(session, Voice(feedback_id=item.id, member_id=member_id, text=text, language=language, at=now))


def newest(session: Session, feedback_ids: Collection[int], most: int = 3) -> list[Voice]:
    """The newest sentences on items, one for each person, newest first.

    Sentences on a text edited since are left out, unless their author renewed the support after the edit.
    """
    return _newest.all(session, {"items": listed(feedback_ids), "most": most})


def count(session: Session, feedback_ids: Collection[int]) -> int:
    """How many people's sentences on these items count."""
    return int(_count.value(session, {"items": listed(feedback_ids)}))


# Run for every card: built once, since building a statement takes longer than running it.
@loaded(Voice)
def _newest(dialect: str) -> Select[Voice]:
    theirs = sa_select(func.max(col(Voice.id))).where(_stands(dialect)).group_by(col(Voice.member_id))
    query = sa_select(Voice).where(col(Voice.id).in_(theirs))
    return query.order_by(col(Voice.at).desc(), col(Voice.id).desc()).limit(at_most("most"))


@prepared()
def _count(dialect: str) -> Select[int]:
    return sa_select(func.count(func.distinct(col(Voice.member_id)))).where(_stands(dialect))


def _stands(dialect: str) -> ColumnElement[bool]:
    """The condition for sentences on the present text of one of the items in the parameter `items`."""
    kept = sa_select(col(Support.id)).where(
        among(dialect, col(Support.feedback_id), "items"),
        col(Support.member_id) == col(Voice.member_id),
        col(Support.at) > col(Feedback.edited_at),
    )
    # Correlated explicitly: by itself a nested subquery is correlated only with the query directly around it.
    kept = kept.correlate(Feedback, Voice)
    changed = sa_select(col(Feedback.id)).where(
        col(Feedback.id) == col(Voice.feedback_id), col(Feedback.edited_at) >= col(Voice.at), ~kept.exists()
    )
    return and_(among(dialect, col(Voice.feedback_id), "items"), ~changed.exists())


def of_member(session: Session, feedback_id: int, member_id: int) -> Voice | None:
    """A person's sentence on an item; None when there is none."""
    theirs = (Voice.feedback_id == feedback_id, Voice.member_id == member_id)
    return session.exec(select(Voice).where(*theirs)).first()


def find(session: Session, feedback_id: int, voice_id: int) -> Voice | None:
    """A sentence on an item by its id; None when it was deleted."""
    return session.exec(select(Voice).where(Voice.id == voice_id, Voice.feedback_id == feedback_id)).first()


def drop(session: Session, voice_id: int) -> None:
    """Delete a sentence."""
    session.exec(delete(Voice).where(col(Voice.id) == voice_id))


def drop_of(session: Session, feedback_id: int, member_id: int) -> None:
    """Delete a person's sentence on an item."""
    session.exec(delete(Voice).where(col(Voice.feedback_id) == feedback_id, col(Voice.member_id) == member_id))
