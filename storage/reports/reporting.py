"""The figures of digests for a span (`until` excluded), of all or some areas: people, changes, outcomes, the queue."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, distinct, func, literal_column, or_
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage import conditions
from storage.engine.listing import at_most
from storage.engine.loading import loaded
from storage.engine.prepared import prepared
from storage.items.desk import backlog
from storage.items.desk.exchanges import SNOOZE
from storage.models import Feedback, History, Outbox, Question
from storage.reports import spans
from storage.reports.spans import Areas, about, filed_in
from storage.traffic.news import WITHDRAWN
from storage.values import frozen
from storage.vocabulary import CLOSED, Action, Delivery, Publication, Status

EDITED = "edited:"
"""The prefix of the outbox keys of news of edits."""
Current = tuple[str, Status, int | None, Publication, bool]
"""An item's text, status, author's member id and publication, and whether its author allows to quote it in public."""


@frozen
class Count:
    """A number of messages, and of the distinct people they are from."""

    messages: int
    people: int


@frozen
class Change:
    """A change of an item's status: the new status, the reason given, and whether the item was edited since."""

    item: Feedback
    status: str
    note: str
    edited: bool = False


def common_languages(session: Session, community_id: int, least: int) -> set[str]:
    """The languages in which at least `least` people have written items.

    Named and nameless authors are not added up, since they may be the same people.
    """
    named, nameless = (func.count(func.distinct(col(one))) for one in (Feedback.author_id, Feedback.author_hash))
    query = select(Feedback.language).where(Feedback.community_id == community_id).group_by(Feedback.language)
    return set(session.exec(query.having(or_(named >= least, nameless >= least))))


def first_message(session: Session, community_id: int, since: datetime) -> datetime | None:
    """The time of a community's first item since an instant; None when there is none."""
    query = select(Feedback.created_at).where(Feedback.community_id == community_id, Feedback.created_at >= since)
    return session.exec(query.order_by(col(Feedback.created_at)).limit(1)).first()


def items_of_area(
    session: Session, community_id: int, area: str | None, since: datetime, until: datetime, most: int
) -> list[Feedback]:
    """An area's items: the most supported imported ones first, then the newest."""
    order = (col(Feedback.base_support).desc(), col(Feedback.created_at).desc(), col(Feedback.id).desc())
    # First the ids, which the index alone gives; sorting whole rows would read every item of the span.
    ids = select(Feedback.id).where(*filed_in(community_id, since, until), col(Feedback.area) == area)
    first = list(session.exec(ids.order_by(*order).limit(most)))
    found = select(Feedback).where(col(Feedback.id).in_(first))
    return list(session.exec(found.order_by(*order))) if first else []


def heard_before(
    session: Session, community_id: int, before: datetime, areas: Collection[str | None]
) -> set[str | None]:
    """The areas among these (None: no area) that had an item before an instant."""
    # One query for each area, which stops at the first item; a single query would read all items ever filed.
    earlier = (Feedback.community_id == community_id, col(Feedback.created_at) < before)
    return {area for area in areas if session.exec(select(Feedback.id).where(*earlier, _of(area)).limit(1)).first()}


def changes(session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()) -> list[Change]:
    """The changes of status in the span, newest first; without those of items withdrawn or removed from view."""
    query = (
        select(Feedback, History)
        .join(History, col(History.feedback_id) == col(Feedback.id))
        .where(Feedback.community_id == community_id, History.action == Action.STATUS)
        .where(History.at >= since, History.at < until, *conditions.team_sees_or_erased(), *about(areas))
        .order_by(col(History.at).desc(), col(History.id).desc())
    )
    return [
        Change(item, entry.after or "", entry.note, item.edited_at is not None and item.edited_at >= entry.at)
        for item, entry in session.exec(query)
    ]


def told(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> dict[Delivery, int]:
    """How many people have notifications of outcomes, by delivery state; nameless authors count once for each item."""
    theirs = select(Feedback.id).where(Feedback.id == Outbox.feedback_id, Feedback.community_id == community_id)
    whom = func.coalesce(Outbox.recipient_id, -col(Outbox.feedback_id))
    state = case((col(Outbox.state) == Delivery.HELD, conditions.literal(Delivery.WAITING)), else_=col(Outbox.state))
    query = (
        select(state, func.count(distinct(whom)))
        .where(Outbox.created_at >= since, Outbox.created_at < until, theirs.where(*about(areas)).exists())
        .where(*(col(Outbox.dedupe_key).not_like(f"{kind}%") for kind in (EDITED, WITHDRAWN)))
        .group_by(state)
    )
    return {Delivery(state): number for state, number in session.exec(query)}


def closure(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> tuple[int, int]:
    """How many items filed in the span are closed, and how many there are; a joined item counts as its target."""
    ((done, every),) = _closure.rows(session, spans.given(community_id, since, until, areas))
    return done, every


def waiting(
    session: Session, community_id: int, until: datetime, most: int, areas: Areas = ()
) -> list[tuple[Feedback, int]]:
    """The undecided items filed before `until`, with their support, in the queue's order."""
    found = _waiting.all(session, {**_given(community_id, until, areas), "most": most})
    return [(item, item.support) for item in found]


def waiting_count(
    session: Session, community_id: int, until: datetime, areas: Areas = (), before: datetime | None = None
) -> int:
    """How many items filed before `until` are undecided, counted up to `backlog.COUNTED` + 1.

    Args:
        before: count only items filed before this instant.
    """
    given = _given(community_id, min(before or until, until), areas)
    return int(_waiting_count.value(session, {**given, "most": backlog.COUNTED + 1}))


def waiting_since(session: Session, community_id: int, until: datetime, areas: Areas = ()) -> datetime | None:
    """The time of filing of the oldest undecided item; None when there is none."""
    found = _waiting_since.rows(session, _given(community_id, until, areas))
    return found[0][0] if found else None


def current(session: Session, ids: Collection[int]) -> dict[int, Current]:
    """The present state of items by id; on PostgreSQL with a shared lock until the transaction ends."""
    columns = (Feedback.text, Feedback.status, Feedback.author_id, Feedback.publication, Feedback.quotable)
    query = sa_select(col(Feedback.id), *map(col, columns)).where(col(Feedback.id).in_(ids))
    rows = session.execute(query.order_by(col(Feedback.id)).with_for_update(read=True))
    return {number: (text, status, author, there, quoted) for number, text, status, author, there, quoted in rows}


def asked(
    session: Session, community_id: int, since: datetime, until: datetime, plain: Collection[str]
) -> dict[int, str]:
    """The texts of a span's questions with one of these normalised texts, by id; locked like `current`."""
    query = select(Question.id, Question.text).where(
        Question.community_id == community_id, Question.asked_at >= since, Question.asked_at < until
    )
    return dict(session.exec(query.where(col(Question.plain).in_(plain)).with_for_update(read=True)).all())


def _given(community_id: int, until: datetime, areas: Areas) -> dict[str, Any]:
    """The parameters of the statements about waiting items."""
    return spans.given(community_id, until - SNOOZE, until, areas)


# Run several times for each digest: built once, since building a statement takes longer than running it.
@prepared()
def _closure(dialect: str) -> Select[int, int]:
    target = aliased(Feedback)
    status = func.coalesce(target.status, col(Feedback.status))
    query = sa_select(
        func.count().filter(status.in_([conditions.literal(one) for one in CLOSED])), func.count()
    ).select_from(Feedback)
    query = query.outerjoin(target, col(target.id) == col(Feedback.joined_to))
    return query.where(*spans.filed(dialect))


@loaded(Feedback)
def _waiting(dialect: str) -> Select[Feedback]:
    order = (col(Feedback.urgency).desc(), col(Feedback.support).desc(), col(Feedback.created_at), col(Feedback.id))
    return sa_select(Feedback).where(*_waits(dialect, ordered=True)).order_by(*order).limit(at_most("most"))


@prepared()
def _waiting_count(dialect: str) -> Select[int]:
    found = sa_select(col(Feedback.id)).where(*_waits(dialect)).limit(at_most("most")).subquery()
    return sa_select(func.count()).select_from(found)


@prepared()
def _waiting_since(dialect: str) -> Select[datetime]:
    query = sa_select(col(Feedback.created_at)).where(*_waits(dialect))
    return query.order_by(col(Feedback.created_at)).limit(literal_column("1"))


def _waits(dialect: str, *, ordered: bool = False) -> tuple[ColumnElement[bool], ...]:
    at, until = col(Feedback.created_at), spans.instant("until")
    return (
        col(Feedback.community_id) == spans.community(),
        *conditions.to_decide(),
        conditions.unasked(spans.instant("since")),
        # An expression, to prevent the use of the index by date, after which all rows would be sorted by support.
        (func.coalesce(at, until) if ordered else at) < until,
        spans.chosen(dialect),
    )


def _of(area: str | None) -> ColumnElement[bool]:
    return col(Feedback.area).is_(None) if area is None else col(Feedback.area) == area
