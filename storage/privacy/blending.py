"""Rewrites recent rows of nameless authors on PostgreSQL, so that transaction ids reveal no more than their day.

PostgreSQL stores with each row the id of the transaction that wrote it (`xmin`). As these ids are consecutive, they
would reveal between which other rows of that day a nameless row was written, and so at what time.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.drawing import drew
from storage.engine.unique import table_of
from storage.items.addresses import SealedAddress
from storage.models import Detail, Feedback, History, ItemVector, Outbox, Question, ThemeItem
from storage.people import communities
from storage.vocabulary import Action

BESIDE = 50
"""The number of rows of each table rewritten together with a new one: all rows of most days."""
MOST = 10_000
"""The most rows of a table rewritten in one transaction."""


def blend(session: Session, since: datetime, most: int = MOST) -> int:
    """Rewrite rows of nameless authors in this transaction, in the order of their ids, which are random.

    Does nothing on SQLite, which stores no transaction ids. Rows that another transaction has locked are skipped.

    Args:
        since: only rows from this instant on.
        most: the most rows of each table.

    Returns:
        How many rows were rewritten.
    """
    if session.get_bind().dialect.name != "postgresql":
        return 0
    return sum(_rewrite(session, table, which, most) for table, which in _rows(session, since))


def blend_beside(session: Session, since: datetime) -> None:
    """If this transaction wrote something nameless, rewrite other nameless rows with it, so that they share its id."""
    if drew(session):
        session.flush()
        blend(session, since, BESIDE)


def _rows(session: Session, since: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables, each with the condition for its nameless rows, which states the first columns of an index."""
    own = [one.id for one in communities.every(session)]
    unnamed = col(Feedback.nameless) & (col(Feedback.created_at) >= since) & col(Feedback.community_id).in_(own)
    yield table_of(Feedback), unnamed
    touched = sa_select(col(History.feedback_id)).where(col(History.action).in_(list(Action)), col(History.at) >= since)
    yield table_of(Feedback), col(Feedback.id).in_(touched.where(col(History.id) < 0)) & col(Feedback.nameless)
    yield table_of(SealedAddress), col(SealedAddress.feedback_id).in_(_ids(unnamed))
    yield table_of(ItemVector), col(ItemVector.feedback_id).in_(_ids(unnamed))
    yield table_of(Detail), col(Detail.feedback_id).in_(_ids(unnamed))
    yield table_of(ThemeItem), col(ThemeItem.feedback_id).in_(_ids(unnamed))
    recent = col(History.action).in_(list(Action)) & (col(History.at) >= since)
    yield table_of(History), recent & (col(History.id) < 0)
    asked = col(Question.community_id).in_(own) & (col(Question.asked_at) >= since)
    yield table_of(Question), asked & col(Question.holder).is_not(None)
    yield table_of(Outbox), (col(Outbox.created_at) >= since) & (col(Outbox.id) < 0)


def _ids(which: ColumnElement[bool]) -> Select[int]:
    return sa_select(col(Feedback.id)).where(which)


def _rewrite(session: Session, table: Table, which: ColumnElement[bool], most: int) -> int:
    (key,) = table.primary_key.columns
    found = sa_select(key).where(which).limit(most).with_for_update(skip_locked=True)
    rows = sorted(session.connection().execute(found).scalars())
    for own in rows:
        session.connection().execute(table.update().where(key == own).values({key: key}))
    return len(rows)
