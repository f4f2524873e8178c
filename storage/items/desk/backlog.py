"""Lists and counts the items that wait for the team, and lists the most supported ones."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage import conditions
from storage.engine.loading import Loaded
from storage.engine.prepared import prepared
from storage.items.desk.wanted import Wanted, narrowed, sources
from storage.models import Feedback
from storage.vocabulary import Audience, Publication, Status

ALL = Wanted()
"""The filter for everything that waits for the team."""
MOST_TEAMS = 200
COUNTED = 1_000
"""The largest exact count of undecided items. Counting stops one later, since each item counted is a row read."""


def top(session: Session, community_id: int, most: int = 5) -> list[tuple[Feedback, int]]:
    """The open items that all members may see, with their support, the most supported first."""
    query = select(Feedback).where(Feedback.community_id == community_id, *conditions.public_open())
    order = (col(Feedback.support).desc(), col(Feedback.created_at).desc(), col(Feedback.id).desc())
    return [(item, item.support) for item in session.exec(query.order_by(*order).limit(most))]


def waiting(
    session: Session,
    community_id: int,
    most: int,
    after: Feedback | None = None,
    asked_since: datetime | None = None,
    wanted: Wanted = ALL,
) -> list[tuple[Feedback, int]]:
    """The items of the queue with their support: undecided items, unread praise and held items, or those of `wanted`.

    Ordered by urgency, then support (both descending), then age (oldest first).

    Args:
        after: begin after this item's position in that order (keyset pagination); it need not be in the queue itself.
        asked_since: leave out items whose author was asked something since then and has not answered.
        wanted: which items; with a status or an owner given, also items that do not wait.
    """
    given: dict[str, Any] = {"community_id": community_id, "since": asked_since}
    if after:
        given |= {"urgency": after.urgency, "support": after.support, "at": after.created_at, "after": after.id}
    found: list[Feedback] = []
    for query in _waiting(wanted, most, unasked=asked_since is not None, later=after is not None):
        found += query.all(session, given)
    found.sort(key=lambda item: (-item.urgency, -item.support, item.created_at, item.id))
    return [(item, item.support) for item in found[:most]]


def team_names(session: Session, community_id: int) -> list[str]:
    """The names of the teams that own or owned an item, at most `MOST_TEAMS`; one index lookup for each."""
    found: list[str] = []
    while len(found) < MOST_TEAMS:
        here = (col(Feedback.community_id) == community_id, col(Feedback.team).is_not(None))
        further = (col(Feedback.team) > found[-1],) if found else ()
        name = session.execute(sa_select(func.min(col(Feedback.team))).where(*here, *further)).scalar_one()
        if name is None:
            break
        found.append(name)
    return found


def unread(session: Session, community_id: int, most: int) -> list[Feedback]:
    """Unread praise, the oldest first, locked until the transaction ends."""
    query = select(Feedback).where(Feedback.community_id == community_id, *conditions.to_read())
    return list(session.exec(query.order_by(col(Feedback.created_at), col(Feedback.id)).limit(most).with_for_update()))


def latest(session: Session, community_id: int, most: int) -> list[Feedback]:
    """The newest items that the team sees, decided or not."""
    query = select(Feedback).where(Feedback.community_id == community_id, *conditions.team_sees())
    return list(session.exec(query.order_by(col(Feedback.created_at).desc()).limit(most)))


def is_seen_by_team(item: Feedback) -> bool:
    """Whether the team sees an item; the same condition as `conditions.team_sees`."""
    hidden = item.audience is Audience.TRUSTED or item.publication is Publication.REMOVED
    return not hidden and item.status is not Status.WITHDRAWN and bool(item.text)


def waiting_count(session: Session, community_id: int, asked_since: datetime | None = None) -> tuple[int, int]:
    """The number of undecided items and the number of unread praises.

    Args:
        asked_since: as for `waiting`.

    Returns:
        Each counted up to `COUNTED` + 1, which means more than `COUNTED`.
    """
    if asked_since is None:
        decisions, thanks = _waiting_count.rows(session, {"community_id": community_id})[0]
    else:
        given = {"community_id": community_id, "since": asked_since}
        decisions, thanks = _unasked_count.rows(session, given)[0]
    return decisions, thanks


def still_waiting(session: Session, ids: Collection[int]) -> list[Feedback]:
    """The undecided ones among these items, in the queue's order."""
    query = select(Feedback).where(col(Feedback.id).in_(ids), *conditions.to_decide())
    order = (col(Feedback.urgency).desc(), col(Feedback.support).desc(), col(Feedback.created_at), col(Feedback.id))
    return list(session.exec(query.order_by(*order))) if ids else []


def counted(session: Session, community_id: int, *which: ColumnElement[bool]) -> int:
    """How many items of a community meet these conditions, counted up to `COUNTED` + 1."""
    found = (
        sa_select(col(Feedback.id))
        .where(col(Feedback.community_id) == community_id, *which)
        .limit(COUNTED + 1)
        .subquery()
    )
    return int(session.execute(sa_select(func.count()).select_from(found)).scalar_one())


# Counted twice for each screen of the queue: built once, since building a statement takes longer than running it.
@prepared()
def _waiting_count(_: str) -> Select[tuple[int, int]]:
    return _count_both()


@prepared()
def _unasked_count(_: str) -> Select[tuple[int, int]]:
    return _count_both(conditions.unasked(bindparam("since")))


def _count_both(*which: ColumnElement[bool]) -> Select[tuple[int, int]]:
    """The undecided items and the unread praises that meet these conditions, each counted up to `COUNTED` + 1."""
    here = sa_select(col(Feedback.id)).where(col(Feedback.community_id) == bindparam("community_id"), *which)
    # A literal: SQLite parses a statement again each time a number is bound to its LIMIT.
    most: ColumnElement[int] = literal_column(str(COUNTED + 1))
    decisions, thanks = (
        sa_select(func.count()).select_from(here.where(*waits).limit(most).subquery()).scalar_subquery()
        for waits in (conditions.to_decide(), conditions.to_read())
    )
    return sa_select(decisions, thanks)


@lru_cache(maxsize=64)
def _waiting(wanted: Wanted, most: int, *, unasked: bool, later: bool) -> tuple[Loaded[Feedback], ...]:
    """The queries that `waiting` merges, one for each of `sources(wanted)`.

    Args:
        unasked: whether to leave out items whose author was asked something.
        later: whether to begin after a position.
    """
    place = (
        *(_comes_after() if later else ()),
        *((conditions.unasked(bindparam("since")),) if unasked and wanted.waits else ()),
        *narrowed(wanted),
    )
    here = sa_select(Feedback).where(col(Feedback.community_id) == bindparam("community_id"), *place)
    order = (col(Feedback.urgency).desc(), col(Feedback.support).desc(), col(Feedback.created_at), col(Feedback.id))
    # A literal: SQLite parses a statement again each time a number is bound to its LIMIT.
    first: ColumnElement[int] = literal_column(str(most))
    return tuple(_source(here.where(*waits).order_by(*order).limit(first)) for waits in sources(wanted))


def _source(query: Select[Feedback]) -> Loaded[Feedback]:
    return Loaded(Feedback, lambda _: query)


def _comes_after() -> tuple[ColumnElement[bool], ...]:
    """The items after a position in the queue; the first condition is redundant, but allows an index range scan."""
    urgency, support, at = col(Feedback.urgency), col(Feedback.support), col(Feedback.created_at)
    its_urgency: Any = bindparam("urgency")
    its_support: Any = bindparam("support")
    its_time: Any = bindparam("at")
    later = (at > its_time) | ((at == its_time) & (col(Feedback.id) > bindparam("after")))
    less = (support < its_support) | ((support == its_support) & later)
    return (urgency <= its_urgency, (urgency < its_urgency) | ((urgency == its_urgency) & less))
