"""Stores alerts: what was filed lately, which alerts still matter, what is theirs, and what came of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select, update

from storage import conditions
from storage.engine.unique import insert
from storage.models import Alert, AlertItem, Feedback
from storage.people import communities
from storage.vocabulary import Kind

AT_ONCE = 500
"""Values in one statement at most."""
KINDS = (Kind.PROBLEM, Kind.SUGGESTION)
"""What alerts are about: nobody has to hurry because of praise."""


@dataclass(frozen=True, slots=True)
class Filed:
    """An item as alerts see it."""

    id: int
    number: int
    text: str
    kind: Kind
    language: str
    area: str | None
    urgency: int
    nameless: bool
    author_id: int | None
    author_hash: str | None
    source: str | None
    created_at: datetime

    @property
    def voice(self) -> int | str | None:
        """Whom it counts for: a member id, or the mark of a nameless author; None when no author is known."""
        return self.author_id if self.author_id is not None else self.author_hash


_COLUMNS = (
    col(Feedback.id),
    col(Feedback.number),
    col(Feedback.text),
    col(Feedback.kind),
    col(Feedback.language),
    col(Feedback.area),
    col(Feedback.urgency),
    col(Feedback.nameless),
    col(Feedback.author_id),
    col(Feedback.author_hash),
    col(Feedback.source),
    col(Feedback.created_at),
)


def sign(session: Session, community_id: int, since: datetime) -> tuple[int, int]:
    """How many items were filed since an instant, and the highest id: what changes with each new one."""
    counted = sa_select(func.count(), func.max(Feedback.id)).where(col(Feedback.community_id) == community_id)
    number, highest = session.execute(counted.where(col(Feedback.created_at) >= since)).one()
    return number, highest or 0


def first_filed(session: Session, community_id: int, since: datetime) -> datetime | None:
    """When the first item since an instant was filed; None when there is none."""
    query = select(func.min(Feedback.created_at)).where(Feedback.community_id == community_id)
    return session.exec(query.where(Feedback.created_at >= since)).one()


def lately(session: Session, community_id: int, since: datetime, most: int) -> list[Filed]:
    """The newest items since an instant that the team sees, at most so many, the oldest first."""
    query = sa_select(*_COLUMNS).where(col(Feedback.community_id) == community_id, *_seen())
    query = query.where(col(Feedback.created_at) >= since).order_by(col(Feedback.created_at).desc()).limit(most)
    return [Filed(*row) for row in session.execute(query)][::-1]


def ids_between(session: Session, community_id: int, since: datetime, until: datetime) -> list[int]:
    """The ids of the items of a span, `until` excluded, that the team sees."""
    query = select(Feedback.id).where(Feedback.community_id == community_id, *_seen())
    return list(session.exec(query.where(Feedback.created_at >= since, Feedback.created_at < until)))


def filed(session: Session, ids: Collection[int]) -> list[Filed]:
    """Those of these items that the team still sees, by id."""
    query = sa_select(*_COLUMNS).where(*_seen())
    parts = (session.execute(query.where(col(Feedback.id).in_(some))) for some in _parts(ids))
    return [Filed(*row) for part in parts for row in part]


def current(session: Session, community_id: int) -> list[Alert]:
    """The alerts of a community that go on, may be reopened, or are muted, the newest first."""
    query = select(Alert).where(Alert.community_id == community_id, col(Alert.closed_at).is_(None))
    return list(session.exec(query.order_by(col(Alert.id).desc())))


def watched(session: Session) -> list[Alert]:
    """As `current`, of all communities, the oldest first."""
    query = select(Alert).where(_of_all(session), col(Alert.closed_at).is_(None))
    return list(session.exec(query.order_by(col(Alert.id)).execution_options(populate_existing=True)))


def latest(session: Session, community_id: int) -> int:
    """The id of the newest alert of a community that matters; 0 for none."""
    query = select(func.max(Alert.id)).where(Alert.community_id == community_id, col(Alert.closed_at).is_(None))
    return session.exec(query).one() or 0


def hold(session: Session, alert_id: int, community_id: int) -> Alert | None:
    """A community's alert, locked until the transaction ends; None when there is no such."""
    query = select(Alert).where(Alert.id == alert_id, Alert.community_id == community_id)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def items_of(session: Session, alert_id: int) -> list[int]:
    """The ids of an alert's items, the most central first."""
    query = select(AlertItem.feedback_id).where(AlertItem.alert_id == alert_id)
    return list(session.exec(query.order_by(col(AlertItem.rank), col(AlertItem.feedback_id))))


def shown(session: Session, alert_id: int) -> list[Feedback]:
    """The items of an alert that the team sees, the most central first."""
    query = select(Feedback).join(AlertItem, col(AlertItem.feedback_id) == col(Feedback.id))
    query = query.where(AlertItem.alert_id == alert_id, *_seen())
    order = (col(AlertItem.rank), col(AlertItem.feedback_id))
    return list(session.exec(query.order_by(*order).execution_options(populate_existing=True)))


def belong(session: Session, alert_id: int, ranked: Sequence[int]) -> None:
    """Store which items are an alert's, the most central first; those of others stay theirs."""
    session.exec(delete(AlertItem).where(col(AlertItem.alert_id) == alert_id))
    for rank, own in enumerate(ranked):
        values = {"feedback_id": own, "alert_id": alert_id, "rank": rank}
        session.execute(insert(session, AlertItem).values(values).on_conflict_do_nothing())


def take(session: Session, alert_id: int, member_id: int) -> bool:
    """Store who takes care of an alert; False when somebody does already."""
    free = (col(Alert.id) == alert_id, col(Alert.owner_id).is_(None))
    return _change(session, free, owner_id=member_id)


def dismiss(session: Session, alert_id: int, now: datetime) -> bool:
    """Store that an alert is a false alarm; False when that is known."""
    return _change(session, (col(Alert.id) == alert_id, col(Alert.dismissed_at).is_(None)), dismissed_at=now)


def close(session: Session, over_before: datetime, dismissed_before: datetime, now: datetime) -> None:
    """Let alerts that have been over, or muted, for so long not matter any more, nor who took care of them."""
    current_ones, closed = (_of_all(session), col(Alert.closed_at).is_(None)), {"closed_at": now, "owner_id": None}
    _change(session, (*current_ones, col(Alert.dismissed_at) < dismissed_before), **closed)
    undismissed = col(Alert.dismissed_at).is_(None)
    _change(session, (*current_ones, undismissed, col(Alert.over_at) < over_before), **closed)


def false_alarms(session: Session, community_id: int, since: datetime) -> int:
    """How many alerts of a community were said to be false since an instant."""
    query = select(func.count()).select_from(Alert).where(Alert.community_id == community_id)
    return session.exec(query.where(col(Alert.dismissed_at).is_not(None), col(Alert.dismissed_at) >= since)).one()


def _change(session: Session, which: tuple[ColumnElement[bool], ...], **values: Any) -> bool:
    return bool(session.exec(update(Alert).where(*which).values(**values)).rowcount)


def _of_all(session: Session) -> ColumnElement[bool]:
    """Alerts of any community, as a condition that begins with the columns of an index."""
    return col(Alert.community_id).in_([one.id for one in communities.every(session)])


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    waiting = iter(sorted(ids))
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def _seen() -> tuple[ColumnElement[bool], ...]:
    return (*conditions.in_view(), col(Feedback.text) != "", col(Feedback.kind).in_(KINDS))
