"""How urgently items wait: severe, growing, or past their answer time; each change is in the item's history."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, exists, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select, update

from storage import conditions
from storage.engine.listing import among, listed
from storage.engine.loading import Loaded, loaded
from storage.engine.loading import change as store
from storage.engine.unique import table_of
from storage.items import feedback
from storage.items.feedback import AnyItem
from storage.items.support import groups
from storage.models import Feedback, History, Support
from storage.values import frozen
from storage.vocabulary import Action, Status, Urgency

MOST = 50
"""Overdue items that are read at a time."""
EVER = datetime.fromtimestamp(0, UTC)
"""Before everything that is stored."""


def change(
    session: Session, item: AnyItem, urgency: Urgency, actor_id: int | None, at: datetime, why: str = ""
) -> History:
    """Set an item's urgency, and record it and what makes it so; the item must be locked, or new."""
    before = item.urgency
    session.exec(update(Feedback).where(col(Feedback.id) == item.id).values(urgency=int(urgency)))
    item.urgency = int(urgency)
    said = {"before": str(before), "after": str(int(urgency))}
    return feedback.record(session, item, Action.URGENCY, actor_id, at=at, note=why, **said)


def why(session: Session, item: AnyItem) -> str:
    """What was said to make an item as urgent as it is; empty when nothing was."""
    query = select(History).where(History.feedback_id == item.id, History.action == Action.URGENCY)
    last = session.exec(query.order_by(col(History.id).desc())).first()
    return last.note if last and last.after == str(int(item.urgency)) else ""


def last_by_hand(session: Session, item: AnyItem) -> History | None:
    """The last change of an item's urgency that a person made; None when nobody did."""
    return _last_by_hand.first(session, {"feedback_id": item.id})


@loaded(History)
def _last_by_hand(_: str) -> Select[History]:
    changed = (col(History.feedback_id) == bindparam("feedback_id"), col(History.action) == Action.URGENCY)
    query = sa_select(History).where(*changed, col(History.actor_id).is_not(None))
    return query.order_by(col(History.id).desc()).limit(literal_column("1"))


def gained(session: Session, item: Feedback, since: datetime) -> int:
    """How many people came to support an item, or wrote what is joined to it, after an instant; its author is not one.

    Nameless authors count one for each item of theirs, since they are not looked for among the others.
    """
    own = groups.ids(session, item.id)
    recent = select(Support.member_id).where(col(Support.feedback_id).in_(own), col(Support.at) > since)
    written = [one for one in groups.joined(session, item) if one.created_at > since]
    written = [one for one in written if one.status is not Status.WITHDRAWN]
    people = {*session.exec(recent), *(one.author_id for one in written)} - {None, item.author_id}
    return len(people) + sum(one.nameless for one in written)


@frozen
class Term:
    """An answer time, and the areas it holds for.

    Attributes:
        others: whether it holds for all other areas instead, and for what is about none.
    """

    days: int
    areas: Collection[str]
    others: bool = False


def overdue(session: Session, community_id: int, now: datetime, term: Term, after: int | None = None) -> list[Feedback]:
    """Undecided items past an answer time whose people have not been told that they wait, a page by their ids.

    Left out are those whose author was asked something and has not answered.

    Args:
        after: the last id of the page before.
    """
    before = now - timedelta(days=term.days)
    given = {"community_id": community_id, "before": before, "areas": listed(term.areas), "after": after}
    return _overdue(others=term.others, paged=after is not None).all(session, given)


@cache
def _overdue(*, others: bool, paged: bool) -> Loaded[Feedback]:
    return Loaded(Feedback, lambda dialect: _waits_longer(dialect, others=others, paged=paged))


def _waits_longer(dialect: str, *, others: bool, paged: bool) -> Select[Feedback]:
    told = table_of(History).alias("told")
    was_told = exists().where(told.c.feedback_id == col(Feedback.id), told.c.action == conditions.said(Action.OVERDUE))
    # Who did not choose the area was promised nothing of its team.
    area, guessed = col(Feedback.area), col(Feedback.area_guessed)
    named = among(dialect, area, "areas")
    which = area.is_(None) | guessed | ~named if others else named & ~guessed
    query = sa_select(Feedback).where(col(Feedback.community_id) == bindparam("community_id"), *conditions.to_decide())
    query = query.where(col(Feedback.created_at) < bindparam("before"), which, ~was_told, conditions.unasked(EVER))
    later = query.where(col(Feedback.id) > bindparam("after")) if paged else query
    return later.order_by(col(Feedback.id)).limit(literal_column(str(MOST)))


def mark_overdue(session: Session, item: Feedback, at: datetime) -> History:
    """Record that an item's people are told that it is past its answer time; the item must be locked."""
    before = item.urgency
    store(session, item, urgency=max(item.urgency, Urgency.LATE))
    return feedback.record(session, item, Action.OVERDUE, None, before=str(before), after=str(item.urgency), at=at)


def is_overdue(session: Session, item: AnyItem) -> bool:
    """Whether an item's people were told that it is past its answer time."""
    query = select(History.id).where(History.feedback_id == item.id, History.action == Action.OVERDUE)
    return session.exec(query.limit(1)).first() is not None
