"""The figures of digests: counts, people, changes and the queue of a span, `until` excluded; of all or some areas."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, bindparam, case, distinct, func, literal_column, or_
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage import conditions
from storage.engine.listing import among, at_most, listed
from storage.engine.loading import loaded
from storage.engine.prepared import Prepared, prepared
from storage.items.desk import backlog
from storage.items.desk.exchanges import SNOOZE
from storage.models import Feedback, History, Outbox, Question
from storage.reports import spans
from storage.reports.spans import Areas
from storage.traffic.news import WITHDRAWN
from storage.values import frozen
from storage.vocabulary import CLOSED, Action, Delivery, Publication, Status

EDITED = "edited:"
"""How the outbox keys of news of changed words begin."""
Said = tuple[str, Status, int | None, Publication, bool]
"""An item's text, status, author's member id and publication, and whether its author allows to quote it in public."""


@frozen
class Count:
    """How many messages, from how many distinct people."""

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
    """The languages that at least so many people have written items in.

    Named and nameless authors are not added up: they may be the same people.
    """
    named, nameless = (func.count(func.distinct(col(one))) for one in (Feedback.author_id, Feedback.author_hash))
    query = select(Feedback.language).where(Feedback.community_id == community_id).group_by(Feedback.language)
    return set(session.exec(query.having(or_(named >= least, nameless >= least))))


def first_message(session: Session, community_id: int, since: datetime) -> datetime | None:
    """When the community's first item since an instant was filed; None when it has none."""
    found: datetime | None = _first_message.value(session, {"community_id": community_id, "since": since})
    return found


def items_of_area(
    session: Session, community_id: int, area: str | None, since: datetime, until: datetime, most: int
) -> list[Feedback]:
    """An area's items: those imported with the most support first, then the newest."""
    given = {**spans.given(community_id, since, until), "most": most, "area": area}
    # Their ids first, which the index alone tells: sorted whole, every item of the span would be read.
    first = [own for (own,) in _ids_of_area(named=area is not None).rows(session, given)]
    return _most_supported.all(session, {"ids": listed(first)}) if first else []


def heard_before(
    session: Session, community_id: int, before: datetime, areas: Collection[str | None]
) -> set[str | None]:
    """Which of these areas (None: no area) had a message before an instant."""
    # One look for each area, which ends at the first message: read together, all there ever was would be read.
    earlier = (Feedback.community_id == community_id, col(Feedback.created_at) < before)
    return {area for area in areas if session.exec(select(Feedback.id).where(*earlier, _of(area)).limit(1)).first()}


def changes(session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()) -> list[Change]:
    """The changes of status made in the span, the newest first; without those of items withdrawn or taken from view."""
    given = spans.given(community_id, since, until, areas)
    items = {item.id: item for item in _changed.all(session, given)}
    made = [(items[own], *entry) for own, *entry in _changes.rows(session, given)]
    return [
        Change(item, after or "", note, item.edited_at is not None and item.edited_at >= at)
        for item, after, note, at in made
    ]


def told(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> dict[Delivery, int]:
    """How many people messages about outcomes are for, by state of delivery; a nameless author counts once per item."""
    found = _told.rows(session, spans.given(community_id, since, until, areas))
    return {Delivery(state): number for state, number in found}


def closure(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> tuple[int, int]:
    """Of the items filed in the span, how many are closed, and how many there are; a joined one as its target is."""
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
    """When the oldest undecided item was filed; None when there is none."""
    found = _waiting_since.rows(session, _given(community_id, until, areas))
    return found[0][0] if found else None


def said(session: Session, ids: Collection[int]) -> dict[int, Said]:
    """Items as they are now, by id; on PostgreSQL with a shared lock until the transaction ends."""
    columns = (Feedback.text, Feedback.status, Feedback.author_id, Feedback.publication, Feedback.quotable)
    query = sa_select(col(Feedback.id), *map(col, columns)).where(col(Feedback.id).in_(ids))
    rows = session.execute(query.order_by(col(Feedback.id)).with_for_update(read=True))
    return {number: (text, status, author, there, quoted) for number, text, status, author, there, quoted in rows}


def asked(
    session: Session, community_id: int, since: datetime, until: datetime, plain: Collection[str]
) -> dict[int, str]:
    """The texts of a span's questions with one of these normalised texts, by id; locked like `said`."""
    query = select(Question.id, Question.text).where(
        Question.community_id == community_id, Question.asked_at >= since, Question.asked_at < until
    )
    return dict(session.exec(query.where(col(Question.plain).in_(plain)).with_for_update(read=True)).all())


def _given(community_id: int, until: datetime, areas: Areas) -> dict[str, Any]:
    """The values of the statements about what waits."""
    return spans.given(community_id, until - SNOOZE, until, areas)


# Run several times for each digest: built once, since building a statement takes longer than running it.
@prepared()
def _first_message(_: str) -> Select[datetime]:
    here = (col(Feedback.community_id) == spans.community(), col(Feedback.created_at) >= spans.instant("since"))
    return sa_select(func.min(col(Feedback.created_at))).where(*here)


@cache
def _ids_of_area(*, named: bool) -> Prepared:
    of_area = col(Feedback.area) == bindparam("area") if named else col(Feedback.area).is_(None)

    def build(_: str) -> Executable:
        here = sa_select(col(Feedback.id)).where(*spans.filed_of_all(), of_area)
        return here.order_by(*_by_support()).limit(at_most("most"))

    return Prepared(build)


@loaded(Feedback)
def _most_supported(dialect: str) -> Select[Feedback]:
    return sa_select(Feedback).where(among(dialect, col(Feedback.id), "ids")).order_by(*_by_support())


@loaded(Feedback)
def _changed(dialect: str) -> Select[Feedback]:
    return sa_select(Feedback).where(col(Feedback.id).in_(_decided(dialect, col(History.feedback_id))))


@prepared()
def _changes(dialect: str) -> Executable:
    found = _decided(dialect, col(History.feedback_id), col(History.after), col(History.note), col(History.at))
    return found.order_by(col(History.at).desc(), col(History.id).desc())


def _decided(dialect: str, *columns: Any) -> "Select[*tuple[Any, ...]]":
    """The changes of status of a span, with their items."""
    span = (col(History.at) >= spans.instant("since"), col(History.at) < spans.instant("until"))
    query = sa_select(*columns).join(Feedback, col(Feedback.id) == col(History.feedback_id))
    query = query.where(col(Feedback.community_id) == spans.community(), col(History.action) == Action.STATUS)
    return query.where(*span, *conditions.in_view(), spans.chosen(dialect))


@prepared()
def _told(dialect: str) -> Executable:
    theirs = sa_select(col(Feedback.id)).where(col(Feedback.id) == col(Outbox.feedback_id), spans.chosen(dialect))
    theirs = theirs.where(col(Feedback.community_id) == spans.community())
    whom = func.coalesce(col(Outbox.recipient_id), -col(Outbox.feedback_id))
    state = case((col(Outbox.state) == Delivery.HELD, conditions.said(Delivery.WAITING)), else_=col(Outbox.state))
    return (
        sa_select(state, func.count(distinct(whom)))
        .where(col(Outbox.created_at) >= spans.instant("since"), col(Outbox.created_at) < spans.instant("until"))
        .where(theirs.exists(), *(col(Outbox.dedupe_key).not_like(f"{kind}%") for kind in (EDITED, WITHDRAWN)))
        .group_by(state)
    )


@prepared()
def _closure(dialect: str) -> Select[int, int]:
    target = aliased(Feedback)
    status = func.coalesce(target.status, col(Feedback.status))
    query = sa_select(
        func.count().filter(status.in_([conditions.said(one) for one in CLOSED])), func.count()
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
        # The expression prevents the use of the index by date: all rows would then have to be sorted by support.
        (func.coalesce(at, until) if ordered else at) < until,
        spans.chosen(dialect),
    )


def _by_support() -> tuple[ColumnElement[Any], ...]:
    """Those imported with the most support first, then the newest."""
    return col(Feedback.base_support).desc(), col(Feedback.created_at).desc(), col(Feedback.id).desc()


def _of(area: str | None) -> ColumnElement[bool]:
    return col(Feedback.area).is_(None) if area is None else col(Feedback.area) == area
