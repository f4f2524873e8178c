"""Stores alerts: which of them still matter, what is theirs, and what came of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, Delete, Select, Update, bindparam, func, union_all
from sqlalchemy import delete as sa_delete
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlmodel import Session, col, select, update

from storage.engine.listing import among, listed
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.engine.unique import put_once, table_of
from storage.items.signals.watched import Filed, filed, seen
from storage.models import Alert, AlertItem, AlertQuestion, Feedback
from storage.people import communities
from storage.vocabulary import Alarm


def current(session: Session, community_id: int) -> list[Alert]:
    """The crises of a community that go on, may be reopened, or are muted, the newest first."""
    return _crises.all(session, {"community_id": community_id})


def shifts(session: Session, community_id: int) -> list[Alert]:
    """The shifts of a community that go on, or are muted."""
    return _shifts.all(session, {"community_id": community_id})


def begun_since(session: Session, community_id: int, since: datetime) -> list[Alert]:
    """The alerts of a community that were opened since an instant, the oldest first, whatever became of them."""
    return _begun.all(session, {"community_id": community_id, "since": since})


def watched(session: Session) -> list[Alert]:
    """The alerts of all communities that matter, the oldest first."""
    return _watched.all(session, _own(session))


def latest(session: Session, community_id: int) -> int:
    """The id of the newest crisis of a community that matters; 0 for none."""
    return _latest.value(session, {"community_id": community_id}) or 0


def hold(session: Session, alert_id: int, community_id: int) -> Alert | None:
    """A community's alert, locked until the transaction ends; None when there is no such."""
    query = select(Alert).where(Alert.id == alert_id, Alert.community_id == community_id)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def items_of(session: Session, alert_id: int) -> list[int]:
    """The ids of an alert's items, as `watched` numbers them, the most central first."""
    return [own for _, own in sorted(_ranked.rows(session, {"alert_id": alert_id}))]


def shown(session: Session, alert_id: int) -> list[Feedback]:
    """The feedback of an alert that the team sees, the most central first."""
    return _shown.all(session, {"alert_id": alert_id})


def words(session: Session, alert_id: int) -> list[Filed]:
    """The items of an alert that the team sees, and its questions that still wait, the most central first."""
    ranked = items_of(session, alert_id)
    found = {item.id: item for item in filed(session, ranked)}
    return [found[own] for own in ranked if own in found]


def belong(session: Session, alert_id: int, ranked: Sequence[int]) -> None:
    """Store which items are an alert's, the most central first; those of others stay theirs."""
    for statement in (_free_items, _free_questions):
        statement.rows(session, {"alert_id": alert_id})
    for rank, own in enumerate(ranked):
        table, whose = (AlertQuestion, "question_id") if own < 0 else (AlertItem, "feedback_id")
        put_once(session, table, **{whose: abs(own), "alert_id": alert_id, "rank": rank})


def take(session: Session, alert_id: int, member_id: int) -> bool:
    """Store who takes care of an alert; False when somebody does already."""
    free = (col(Alert.id) == alert_id, col(Alert.owner_id).is_(None))
    return _change(session, free, owner_id=member_id)


def dismiss(session: Session, alert_id: int, now: datetime) -> bool:
    """Store that an alert is a false alarm; False when that is known."""
    return _change(session, (col(Alert.id) == alert_id, col(Alert.dismissed_at).is_(None)), dismissed_at=now)


def close(session: Session, over_before: datetime, dismissed_before: datetime, now: datetime) -> None:
    """Let alerts that have been over, or muted, for so long not matter any more, nor who took care of them."""
    closed = {**_own(session), "closed_at": now, "owner_id": None}
    _close_dismissed.rows(session, {**closed, "before": dismissed_before})
    _close_over.rows(session, {**closed, "before": over_before})


def false_alarms(session: Session, community_id: int, since: datetime) -> int:
    """How many alerts of a community were said to be false since an instant."""
    return int(_false_alarms.value(session, {"community_id": community_id, "since": since}))


def _change(session: Session, which: tuple[ColumnElement[bool], ...], **values: Any) -> bool:
    return bool(session.exec(update(Alert).where(*which).values(**values)).rowcount)


def _own(session: Session) -> dict[str, str]:
    """The communities of `_of_all`."""
    return {"communities": listed(one.id for one in communities.every(session))}


# Run with every look: built once, since building a statement takes longer than running it.
@loaded(Alert)
def _crises(_: str) -> Select[Alert]:
    return sa_select(Alert).where(*_current(), col(Alert.alarm) != Alarm.SHIFT).order_by(col(Alert.id).desc())


@loaded(Alert)
def _shifts(_: str) -> Select[Alert]:
    goes_on = (*_current(), col(Alert.alarm) == Alarm.SHIFT, col(Alert.over_at).is_(None))
    return sa_select(Alert).where(*goes_on).order_by(col(Alert.id))


@loaded(Alert)
def _begun(_: str) -> Select[Alert]:
    query = sa_select(Alert).where(_here(), col(Alert.opened_at) >= bindparam("since"))
    return query.order_by(col(Alert.opened_at), col(Alert.id))


@loaded(Alert, anew=True)
def _watched(dialect: str) -> Select[Alert]:
    return sa_select(Alert).where(*_of_all(dialect)).order_by(col(Alert.id))


@prepared()
def _latest(_: str) -> Select[int]:
    return sa_select(func.max(col(Alert.id))).where(*_current(), col(Alert.alarm) != Alarm.SHIFT)


@prepared()
def _ranked(_: str) -> CompoundSelect[int, int]:
    whose: BindParameter[int] = bindparam("alert_id")
    items = sa_select(col(AlertItem.rank), col(AlertItem.feedback_id)).where(col(AlertItem.alert_id) == whose)
    asked = sa_select(col(AlertQuestion.rank), -col(AlertQuestion.question_id))
    return union_all(items, asked.where(col(AlertQuestion.alert_id) == whose))


@loaded(Feedback, anew=True)
def _shown(_: str) -> Select[Feedback]:
    query = sa_select(Feedback).join(AlertItem, col(AlertItem.feedback_id) == col(Feedback.id))
    query = query.where(col(AlertItem.alert_id) == bindparam("alert_id"), *seen())
    return query.order_by(col(AlertItem.rank), col(AlertItem.feedback_id))


@prepared()
def _free_items(_: str) -> Delete:
    table = table_of(AlertItem)
    return sa_delete(table).where(table.c.alert_id == bindparam("alert_id"))


@prepared()
def _free_questions(_: str) -> Delete:
    table = table_of(AlertQuestion)
    return sa_delete(table).where(table.c.alert_id == bindparam("alert_id"))


@prepared("closed_at", "owner_id")
def _close_dismissed(dialect: str) -> Update:
    old = col(Alert.dismissed_at) < bindparam("before")
    return sa_update(table_of(Alert)).where(*_of_all(dialect), old)


@prepared("closed_at", "owner_id")
def _close_over(dialect: str) -> Update:
    old = (col(Alert.dismissed_at).is_(None), col(Alert.over_at) < bindparam("before"))
    return sa_update(table_of(Alert)).where(*_of_all(dialect), *old)


@prepared()
def _false_alarms(_: str) -> Select[int]:
    query = sa_select(func.count()).select_from(Alert).where(_here(), col(Alert.dismissed_at).is_not(None))
    return query.where(col(Alert.dismissed_at) >= bindparam("since"))


def _here() -> ColumnElement[bool]:
    return col(Alert.community_id) == bindparam("community_id")


def _current() -> tuple[ColumnElement[bool], ...]:
    return _here(), col(Alert.closed_at).is_(None)


def _of_all(dialect: str) -> tuple[ColumnElement[bool], ...]:
    """Current alerts of any community, as conditions that begin with the columns of an index."""
    return among(dialect, col(Alert.community_id), "communities"), col(Alert.closed_at).is_(None)
