"""The figures of digests: counts, people, changes and the queue of a span, `until` excluded; of all or some areas."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Label, Select, String, Subquery, case, cast, distinct, func, or_
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage import conditions
from storage.items.desk import backlog
from storage.items.desk.exchanges import SNOOZE
from storage.models import Feedback, History, Outbox, Question
from storage.traffic.news import WITHDRAWN
from storage.vocabulary import CLOSED, Action, Delivery, Kind, Publication, Status

Areas = Collection[str]
"""The areas to count; empty for everything."""
EDITED = "edited:"
"""How the outbox keys of news of changed words begin."""
Said = tuple[str, Status, int | None, Publication, bool]
"""An item's text, status, author's member id and publication, and whether its author allows to quote it in public."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many messages, from how many distinct people."""

    messages: int
    people: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an item's status: the new status, the reason given, and whether the item was edited since."""

    item: Feedback
    status: str
    note: str
    edited: bool = False


def by_area(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> dict[str | None, Count]:
    """Messages and people by area (None: no area), the one with most voices first: people, and messages without any."""
    query = select(Feedback.area, func.count(), people()).where(*filed_in(community_id, since, until, areas))
    rows = session.exec(query.group_by(Feedback.area).order_by(voices().desc(), func.count().desc()))
    return {area: Count(messages, heard) for area, messages, heard in rows}


def by_kind_and_area(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> dict[tuple[Kind, str | None], int]:
    """Messages by kind and area (None: no area)."""
    query = select(Feedback.kind, Feedback.area, func.count()).where(*filed_in(community_id, since, until, areas))
    rows = session.exec(query.group_by(Feedback.kind, col(Feedback.area)))
    return {(Kind(kind), area): number for kind, area, number in rows}


def total(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = (), *, asking: bool = False
) -> Count:
    """The messages to the team, with `asking` also the questions to the bot, and the distinct people they are from.

    People = distinct authors and askers + distinct keyed marks of nameless ones. A person who wrote with and
    without a name counts twice: an exact total could reveal which of a few people a nameless item is from.
    """
    span = (community_id, since, until, areas, asking)
    heard = (session.execute(sa_select(func.count(found.c.who))) for found in (_named(*span), _nameless(*span)))
    written = session.exec(select(func.count()).where(*filed_in(community_id, since, until, areas))).one()
    questions = questions_asked(session, community_id, since, until) if asking else 0
    return Count(written + questions, sum(rows.scalar_one() for rows in heard))


def new_voices(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = (), *, asking: bool = False
) -> int:
    """How many of the people `total` counts with a name had neither written nor asked anything here before, with it.

    Nameless ones are left out: their marks change by the month, and would make them new each time.
    """
    found = _named(community_id, since, until, areas, asking)
    return int(session.execute(_unheard(found, community_id, since)).scalar_one())


def common_languages(session: Session, community_id: int, least: int) -> set[str]:
    """The languages that at least so many people have written items in.

    Named and nameless authors are not added up: they may be the same people.
    """
    named, nameless = (func.count(func.distinct(col(one))) for one in (Feedback.author_id, Feedback.author_hash))
    query = select(Feedback.language).where(Feedback.community_id == community_id).group_by(Feedback.language)
    return set(session.exec(query.having(or_(named >= least, nameless >= least))))


def first_message(session: Session, community_id: int, since: datetime) -> datetime | None:
    """When the community's first item since an instant was filed; None when it has none."""
    query = select(Feedback.created_at).where(Feedback.community_id == community_id, Feedback.created_at >= since)
    return session.exec(query.order_by(col(Feedback.created_at)).limit(1)).first()


def items_of_area(
    session: Session, community_id: int, area: str | None, since: datetime, until: datetime, most: int
) -> list[Feedback]:
    """An area's items: those imported with the most support first, then the newest."""
    order = (col(Feedback.base_support).desc(), col(Feedback.created_at).desc(), col(Feedback.id).desc())
    # Their ids first, which the index alone tells: sorted whole, every item of the span would be read.
    ids = select(Feedback.id).where(*filed_in(community_id, since, until), col(Feedback.area) == area)
    first = list(session.exec(ids.order_by(*order).limit(most)))
    found = select(Feedback).where(col(Feedback.id).in_(first))
    return list(session.exec(found.order_by(*order))) if first else []


def questions_asked(session: Session, community_id: int, since: datetime, until: datetime) -> int:
    """How many questions were put to the bot."""
    query = select(func.count()).select_from(Question).where(*asked_in(community_id, since, until))
    return session.exec(query).one()


def changes(session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()) -> list[Change]:
    """The changes of status made in the span, the newest first; without those of items withdrawn or taken from view."""
    query = (
        select(Feedback, History)
        .join(History, col(History.feedback_id) == col(Feedback.id))
        .where(Feedback.community_id == community_id, History.action == Action.STATUS)
        .where(History.at >= since, History.at < until, *conditions.in_view(), *_about(areas))
        .order_by(col(History.at).desc(), col(History.id).desc())
    )
    return [
        Change(item, entry.after or "", entry.note, item.edited_at is not None and item.edited_at >= entry.at)
        for item, entry in session.exec(query)
    ]


def told(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> dict[Delivery, int]:
    """How many people messages about outcomes are for, by state of delivery; a nameless author counts once per item."""
    about = select(Feedback.id).where(Feedback.id == Outbox.feedback_id, Feedback.community_id == community_id)
    whom = func.coalesce(Outbox.recipient_id, -col(Outbox.feedback_id))
    state = case((col(Outbox.state) == Delivery.HELD, conditions.said(Delivery.WAITING)), else_=col(Outbox.state))
    query = (
        select(state, func.count(distinct(whom)))
        .where(Outbox.created_at >= since, Outbox.created_at < until, about.where(*_about(areas)).exists())
        .where(*(col(Outbox.dedupe_key).not_like(f"{kind}%") for kind in (EDITED, WITHDRAWN)))
        .group_by(state)
    )
    return {Delivery(state): number for state, number in session.exec(query)}


def closure(
    session: Session, community_id: int, since: datetime, until: datetime, areas: Areas = ()
) -> tuple[int, int]:
    """Of the items filed in the span, how many are closed, and how many there are; a joined one as its target is."""
    target = aliased(Feedback)
    status = func.coalesce(target.status, col(Feedback.status))
    closed = func.count().filter(status.in_(CLOSED))
    query = select(closed, func.count()).select_from(Feedback)
    query = query.outerjoin(target, col(target.id) == col(Feedback.joined_to))
    query = query.where(*filed_in(community_id, since, until, areas))
    done, every = session.exec(query).one()
    return done, every


def waiting(
    session: Session, community_id: int, until: datetime, most: int, areas: Areas = ()
) -> list[tuple[Feedback, int]]:
    """The undecided items filed before `until`, with their support, in the queue's order."""
    query = select(Feedback).where(*_waits(community_id, until, areas, ordered=True))
    order = (col(Feedback.urgency).desc(), col(Feedback.support).desc(), col(Feedback.created_at), col(Feedback.id))
    return [(item, item.support) for item in session.exec(query.order_by(*order).limit(most))]


def waiting_count(
    session: Session, community_id: int, until: datetime, areas: Areas = (), before: datetime | None = None
) -> int:
    """How many items filed before `until` are undecided, counted up to `backlog.COUNTED` + 1.

    Args:
        before: count only items filed before this instant.
    """
    return backlog.counted(session, community_id, *_waits(community_id, min(before or until, until), areas))


def waiting_since(session: Session, community_id: int, until: datetime, areas: Areas = ()) -> datetime | None:
    """When the oldest undecided item was filed; None when there is none."""
    query = select(Feedback.created_at).where(*_waits(community_id, until, areas))
    return session.exec(query.order_by(col(Feedback.created_at)).limit(1)).first()


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


def _waits(
    community_id: int, until: datetime, areas: Areas, *, ordered: bool = False
) -> tuple[ColumnElement[bool], ...]:
    at = col(Feedback.created_at)
    return (
        col(Feedback.community_id) == community_id,
        *conditions.to_decide(),
        conditions.unasked(until - SNOOZE),
        # The expression prevents the use of the index by date: all rows would then have to be sorted by support.
        (func.coalesce(at, until) if ordered else at) < until,
        *_about(areas),
    )


def _about(areas: Areas) -> tuple[ColumnElement[bool], ...]:
    return (col(Feedback.area).in_(areas),) if areas else ()


def filed_in(community_id: int, since: datetime, until: datetime, areas: Areas = ()) -> tuple[ColumnElement[bool], ...]:
    """The items of a span that are in the team's view."""
    return (
        col(Feedback.community_id) == community_id,
        col(Feedback.created_at) >= since,
        col(Feedback.created_at) < until,
        *conditions.in_view(),
        *_about(areas),
    )


def asked_in(community_id: int, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """The questions asked in a span."""
    return (
        col(Question.community_id) == community_id,
        col(Question.asked_at) >= since,
        col(Question.asked_at) < until,
    )


def _unheard(found: Subquery, community_id: int, since: datetime) -> Select[int]:
    """Counts those of `found` who had neither written nor asked anything before.

    The expressions keep SQLite from the indexes by date, in which it would go through all that was written before,
    once for each person.
    """
    wrote = sa_select(col(Feedback.id)).where(
        col(Feedback.author_id) == found.c.who,
        func.coalesce(col(Feedback.community_id), 0) == community_id,
        func.coalesce(col(Feedback.created_at), since) < since,
        col(Feedback.status) != Status.WITHDRAWN,
    )
    # Counted, not looked for: PostgreSQL would join the questions, and read all of those asked without a name.
    mine, here = col(Question.asker_id) == found.c.who, func.coalesce(col(Question.community_id), 0) == community_id
    before = func.coalesce(col(Question.asked_at), since) < since
    asked = sa_select(func.count(col(Question.id))).where(mine, here, before)
    return sa_select(func.count(found.c.who)).where(~wrote.exists(), asked.scalar_subquery() == 0)


def _named(community_id: int, since: datetime, until: datetime, areas: Areas, asking: bool) -> Subquery:
    """The distinct authors, with `asking` also the askers, as a subquery with the column `who`."""
    who: Label[int | None] = col(Feedback.author_id).label("who")
    wrote = sa_select(who).where(*filed_in(community_id, since, until, areas)).distinct()
    if not asking:
        return wrote.subquery()
    return wrote.union(sa_select(col(Question.asker_id)).where(*asked_in(community_id, since, until))).subquery()


def _nameless(community_id: int, since: datetime, until: datetime, areas: Areas, asking: bool) -> Subquery:
    """The distinct keyed marks of nameless authors, with `asking` also of nameless askers, as the column `who`."""
    who: Label[str | None] = col(Feedback.author_hash).label("who")
    wrote = sa_select(who).where(*filed_in(community_id, since, until, areas)).distinct()
    if not asking:
        return wrote.subquery()
    return wrote.union(sa_select(col(Question.holder)).where(*asked_in(community_id, since, until))).subquery()


def _identity() -> ColumnElement[str | None]:
    """The identity people are counted by: the author's member id, or the keyed mark of a nameless author."""
    return func.coalesce(cast(col(Feedback.author_id), String), col(Feedback.author_hash))


def people() -> ColumnElement[int]:
    """The number of distinct authors, named or known by a keyed mark."""
    return func.count(func.distinct(_identity()))


def voices() -> ColumnElement[int]:
    """The number of distinct authors, and of items of which no author is known."""
    return people() + func.count().filter(*conditions.unsigned())
