"""Counts over a span of time, for digests: people beside messages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.models import Feedback, History, Outbox, Question
from storage.vocabulary import CLOSED, Action, Delivery, Kind, Status


@dataclass(frozen=True, slots=True)
class Count:
    """How many messages, from how many distinct people."""

    messages: int
    people: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change of status, and the item it happened to."""

    item: Feedback
    status: str
    note: str


def by_kind(session: Session, community_id: int, since: datetime, until: datetime) -> dict[Kind, Count]:
    """Messages and people of each kind."""
    query = select(Feedback.kind, func.count(), _people()).where(*_span(community_id, since, until))
    rows = session.exec(query.group_by(Feedback.kind))
    return {Kind(kind): Count(messages, people) for kind, messages, people in rows}


def by_area(session: Session, community_id: int, since: datetime, until: datetime) -> dict[str | None, Count]:
    """Messages and people of each area, the one most people spoke of first."""
    people = _people()
    query = select(Feedback.area, func.count(), people).where(*_span(community_id, since, until))
    rows = session.exec(query.group_by(Feedback.area).order_by(people.desc(), func.count().desc()))
    return {area: Count(messages, voices) for area, messages, voices in rows}


def by_kind_and_area(
    session: Session, community_id: int, since: datetime, until: datetime
) -> dict[tuple[Kind, str | None], int]:
    """Messages of each kind about each area."""
    query = select(Feedback.kind, Feedback.area, func.count()).where(*_span(community_id, since, until))
    rows = session.exec(query.group_by(Feedback.kind, col(Feedback.area)))
    return {(Kind(kind), area): number for kind, area, number in rows}


def total(session: Session, community_id: int, since: datetime, until: datetime) -> Count:
    """All messages and the people they came from."""
    query = select(func.count(), _people()).where(*_span(community_id, since, until))
    messages, people = session.exec(query).one()
    return Count(messages, people)


def new_voices(session: Session, community_id: int, since: datetime, until: datetime) -> int:
    """People whose first message here fell in the span."""
    now = _span(community_id, since, until)
    before = aliased(Feedback)
    earlier = (
        col(before.community_id) == community_id,
        col(before.created_at) < since,
        col(before.status) != Status.WITHDRAWN,
    )
    new = 0
    for mine, theirs in ((Feedback.author_id, before.author_id), (Feedback.author_hash, before.author_hash)):
        known = select(before.id).where(col(theirs) == col(mine), *earlier).exists()
        new += session.exec(select(func.count(func.distinct(col(mine)))).where(*now, ~known)).one()
    return new


def first_message(session: Session, community_id: int) -> datetime | None:
    """When the first message came."""
    query = select(Feedback.created_at).where(Feedback.community_id == community_id)
    return session.exec(query.order_by(col(Feedback.created_at)).limit(1)).first()


def items_of_area(
    session: Session, community_id: int, area: str | None, since: datetime, until: datetime, most: int
) -> list[Feedback]:
    """An area's items, the most supported when imported first, then the newest."""
    query = select(Feedback).where(*_span(community_id, since, until), col(Feedback.area) == area)
    order = (col(Feedback.base_support).desc(), col(Feedback.id).desc())
    return list(session.exec(query.order_by(*order).limit(most)))


def questions_asked(session: Session, community_id: int, since: datetime, until: datetime) -> int:
    """How many questions were put to the bot."""
    query = (
        select(func.count())
        .select_from(Question)
        .where(Question.community_id == community_id, Question.asked_at >= since, Question.asked_at < until)
    )
    return session.exec(query).one()


def changes(session: Session, community_id: int, since: datetime, until: datetime) -> list[Change]:
    """Changes of status made in the span, the newest first."""
    query = (
        select(Feedback, History)
        .join(History, col(History.feedback_id) == col(Feedback.id))
        .where(Feedback.community_id == community_id, History.action == Action.STATUS)
        .where(History.at >= since, History.at < until, Feedback.status != Status.WITHDRAWN)
        .order_by(col(History.id).desc())
    )
    return [Change(item, entry.after or "", entry.note) for item, entry in session.exec(query)]


def told(session: Session, community_id: int, since: datetime, until: datetime) -> dict[Delivery, int]:
    """How many messages about an item's outcome were delivered, wait, or could not be."""
    about = select(Feedback.id).where(Feedback.id == Outbox.feedback_id, Feedback.community_id == community_id)
    query = (
        select(Outbox.state, func.count())
        .where(Outbox.created_at >= since, Outbox.created_at < until, about.exists())
        .group_by(Outbox.state)
    )
    return {Delivery(state): number for state, number in session.exec(query)}


def closure(session: Session, community_id: int, since: datetime, until: datetime) -> tuple[int, int]:
    """Of the items filed in the span, how many were closed, and how many there were."""
    closed = func.count().filter(col(Feedback.status).in_(CLOSED))
    query = select(closed, func.count()).where(*_span(community_id, since, until))
    done, every = session.exec(query).one()
    return done, every


def _span(community_id: int, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Feedback.community_id) == community_id,
        col(Feedback.created_at) >= since,
        col(Feedback.created_at) < until,
        col(Feedback.status) != Status.WITHDRAWN,
    )


def _voice() -> ColumnElement[str | None]:
    """What tells people apart: the author, or the keyed mark of a nameless one."""
    return func.coalesce(cast(col(Feedback.author_id), String), col(Feedback.author_hash))


def _people() -> ColumnElement[int]:
    return func.count(func.distinct(_voice()))
