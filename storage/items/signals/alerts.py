"""Stores alerts: which are current, which items they are about, who owns them, and how they ended.

An alert is current until it is closed, some time after it was over or dismissed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select, update

from storage.engine.unique import insert
from storage.items.signals.watched import Filed, filed, seen
from storage.models import Alert, AlertItem, AlertQuestion, Feedback
from storage.people import communities
from storage.vocabulary import Alarm


def current(session: Session, community_id: int) -> list[Alert]:
    """The current crises of a community, newest first: ongoing, reopenable, or muted."""
    query = select(Alert).where(*_current(community_id), Alert.alarm != Alarm.SHIFT)
    return list(session.exec(query.order_by(col(Alert.id).desc())))


def shifts(session: Session, community_id: int) -> list[Alert]:
    """The current shifts of a community that are not over, muted ones included."""
    query = select(Alert).where(*_current(community_id), Alert.alarm == Alarm.SHIFT, col(Alert.over_at).is_(None))
    return list(session.exec(query.order_by(col(Alert.id))))


def begun_since(session: Session, community_id: int, since: datetime) -> list[Alert]:
    """The alerts of a community that were opened since an instant, oldest first, closed ones included."""
    query = select(Alert).where(Alert.community_id == community_id, Alert.opened_at >= since)
    return list(session.exec(query.order_by(col(Alert.opened_at), col(Alert.id))))


def watched(session: Session) -> list[Alert]:
    """The current alerts of all communities, oldest first, read again."""
    query = select(Alert).where(_of_all(session), col(Alert.closed_at).is_(None))
    return list(session.exec(query.order_by(col(Alert.id)).execution_options(populate_existing=True)))


def latest(session: Session, community_id: int) -> int:
    """The id of the newest current crisis of a community; 0 for none."""
    query = select(func.max(Alert.id)).where(*_current(community_id), Alert.alarm != Alarm.SHIFT)
    return session.exec(query).one() or 0


def hold(session: Session, alert_id: int, community_id: int) -> Alert | None:
    """An alert of a community, locked until the transaction ends; None when there is none."""
    query = select(Alert).where(Alert.id == alert_id, Alert.community_id == community_id)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def items_of(session: Session, alert_id: int) -> list[int]:
    """The ids of an alert's items, most central first; questions have negative ids, as in `watched`."""
    items = sa_select(col(AlertItem.rank), col(AlertItem.feedback_id)).where(col(AlertItem.alert_id) == alert_id)
    rank, number = col(AlertQuestion.rank), -col(AlertQuestion.question_id)
    asked = sa_select(rank, number).where(col(AlertQuestion.alert_id) == alert_id)
    return [own for _, own in sorted(tuple(row) for query in (items, asked) for row in session.execute(query))]


def shown(session: Session, alert_id: int) -> list[Feedback]:
    """The feedback items of an alert that the team sees, most central first."""
    query = select(Feedback).join(AlertItem, col(AlertItem.feedback_id) == col(Feedback.id))
    query = query.where(AlertItem.alert_id == alert_id, *seen())
    order = (col(AlertItem.rank), col(AlertItem.feedback_id))
    return list(session.exec(query.order_by(*order).execution_options(populate_existing=True)))


def words(session: Session, alert_id: int) -> list[Filed]:
    """The items of an alert that the team sees and its unanswered questions, most central first."""
    ranked = items_of(session, alert_id)
    found = {item.id: item for item in filed(session, ranked)}
    return [found[own] for own in ranked if own in found]


def set_items(session: Session, alert_id: int, ranked: Sequence[int]) -> None:
    """Replace an alert's items, most central first; items that belong to another alert are skipped."""
    session.exec(delete(AlertItem).where(col(AlertItem.alert_id) == alert_id))
    session.exec(delete(AlertQuestion).where(col(AlertQuestion.alert_id) == alert_id))
    for rank, own in enumerate(ranked):
        table, whose = (AlertQuestion, "question_id") if own < 0 else (AlertItem, "feedback_id")
        values = {whose: abs(own), "alert_id": alert_id, "rank": rank}
        session.execute(insert(session, table).values(values).on_conflict_do_nothing())


def take(session: Session, alert_id: int, member_id: int) -> bool:
    """Store the owner of an alert; False when it already has one."""
    free = (col(Alert.id) == alert_id, col(Alert.owner_id).is_(None))
    return _change(session, free, owner_id=member_id)


def dismiss(session: Session, alert_id: int, now: datetime) -> bool:
    """Store that an alert is a false alarm; False when it was stored before."""
    return _change(session, (col(Alert.id) == alert_id, col(Alert.dismissed_at).is_(None)), dismissed_at=now)


def close(session: Session, over_before: datetime, dismissed_before: datetime, now: datetime) -> None:
    """Close alerts that were over before one instant or dismissed before another, and clear their owner."""
    current_ones, closed = (_of_all(session), col(Alert.closed_at).is_(None)), {"closed_at": now, "owner_id": None}
    _change(session, (*current_ones, col(Alert.dismissed_at) < dismissed_before), **closed)
    undismissed = col(Alert.dismissed_at).is_(None)
    _change(session, (*current_ones, undismissed, col(Alert.over_at) < over_before), **closed)


def false_alarms(session: Session, community_id: int, since: datetime) -> int:
    """How many alerts of a community were dismissed as false since an instant."""
    query = select(func.count()).select_from(Alert).where(Alert.community_id == community_id)
    return session.exec(query.where(col(Alert.dismissed_at).is_not(None), col(Alert.dismissed_at) >= since)).one()


def _current(community_id: int) -> tuple[ColumnElement[bool], ...]:
    return col(Alert.community_id) == community_id, col(Alert.closed_at).is_(None)


def _change(session: Session, which: tuple[ColumnElement[bool], ...], **values: Any) -> bool:
    return bool(session.exec(update(Alert).where(*which).values(**values)).rowcount)


def _of_all(session: Session) -> ColumnElement[bool]:
    """The condition for alerts of all communities, which states the first column of an index so that it is used."""
    return col(Alert.community_id).in_([one.id for one in communities.every(session)])
