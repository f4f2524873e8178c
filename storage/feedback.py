"""Feedback items: filed, found, changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Insert, Select, bindparam, func, union_all
from sqlalchemy import insert as sa_insert
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage import communities, conditions
from storage.engine.prepared import prepared
from storage.engine.unique import add_row, table_of
from storage.models import Feedback, History
from storage.vocabulary import CLOSED, Action, Kind, Status, Visibility

COUNTED = 1_000
"""As far as what waits is counted: nobody reads a larger number, and each one counted is a row that is read."""


@dataclass(slots=True)
class NewItem:
    """An item to be filed, with what its row has, in plain values: a model's object takes ten times as long to make."""

    community_id: int
    kind: Kind
    visibility: Visibility
    language: str
    text: str
    created_at: datetime
    changed_at: datetime
    area: str | None = None
    author_id: int | None = None
    author_hash: str | None = None
    seen: bool = False
    source: str | None = None
    status: Status = Status.RECEIVED
    base_support: int = 0
    support: int = 0
    closed_at: datetime | None = None
    number: int = 0
    id: int = 0


COLUMNS = tuple(field.name for field in fields(NewItem) if field.name != "id")
AnyItem = Feedback | NewItem
Item = TypeVar("Item", Feedback, NewItem)


def add(session: Session, item: Item) -> Item:
    """File an item: give it its public number and open its history."""
    prepare(item)
    item.number = communities.take_number(session, item.community_id)
    if isinstance(item, Feedback):
        add_row(session, item)
    else:
        item.id = _insert_item.value(session, {name: getattr(item, name) for name in COLUMNS})
    filed = {"feedback_id": item.id, "at": item.created_at, "action": Action.FILED, "actor_id": item.author_id}
    _insert_filed.rows(session, {**filed, "after": str(item.status), "note": ""})
    return item


def prepare(item: AnyItem) -> None:
    """Give a new item what follows from what it has: its support so far, and when it was closed."""
    item.support = item.base_support
    if item.status in CLOSED:
        item.closed_at = item.closed_at or item.changed_at


def by_number(session: Session, community_id: int, number: int) -> Feedback | None:
    """The item a community calls #number."""
    return session.exec(
        select(Feedback).where(Feedback.community_id == community_id, Feedback.number == number)
    ).first()


def hold(session: Session, item: Feedback) -> None:
    """Read an item again; until this transaction ends nobody else changes it, or decides by what it was."""
    session.refresh(item, with_for_update=True)


def by_source(session: Session, source: str) -> Feedback | None:
    """The item an event or imported row was filed as."""
    return session.exec(select(Feedback).where(Feedback.source == source)).first()


def of_author(session: Session, community_id: int, member_id: int, mark: str, most: int = 20) -> list[Feedback]:
    """A person's items, the newest first; `mark` finds the ones filed without a name."""
    theirs = _written_by(community_id, member_id, mark)
    query = select(Feedback).where(col(Feedback.id).in_(union_all(*theirs)))
    return list(session.exec(query.order_by(col(Feedback.id).desc()).limit(most)))


def open_count(session: Session, community_id: int, member_id: int, mark: str) -> int:
    """How many of a person's items wait for an outcome."""
    theirs = {"community_id": community_id, "member_id": member_id, "mark": mark}
    return int(_open_count.value(session, theirs))


def top(session: Session, community_id: int, most: int = 5) -> list[tuple[Feedback, int]]:
    """The open items everybody may see with the most support, with that support."""
    query = select(Feedback).where(Feedback.community_id == community_id, *conditions.shown())
    order = (col(Feedback.support).desc(), col(Feedback.id).desc())
    return [(item, item.support) for item in session.exec(query.order_by(*order).limit(most))]


def waiting(
    session: Session, community_id: int, most: int, after: Feedback | None = None
) -> list[tuple[Feedback, int]]:
    """Items nobody has decided on, the most supported first, then the oldest.

    Args:
        after: begin behind this item's place in that order, whether or not it still waits itself.
    """
    place = _comes_after(after) if after else ()
    order = (col(Feedback.support).desc(), col(Feedback.created_at), col(Feedback.id))
    found: list[Feedback] = []
    for waits in (conditions.to_decide(), conditions.to_read()):
        query = select(Feedback).where(Feedback.community_id == community_id, *waits, *place)
        found += session.exec(query.order_by(*order).limit(most))
    found.sort(key=lambda item: (-item.support, item.created_at, item.id))
    return [(item, item.support) for item in found[:most]]


def waiting_count(session: Session, community_id: int) -> tuple[int, int]:
    """How many items wait for a decision, as digests count them, and how much praise nobody has read.

    Returns:
        Both counted to one more than `COUNTED`, which stands for any larger number.
    """
    decisions, thanks = (
        counted(session, community_id, *waits) for waits in (conditions.to_decide(), conditions.to_read())
    )
    return decisions, thanks


def counted(session: Session, community_id: int, *which: ColumnElement[bool]) -> int:
    """How many items a community has of a kind, counted to one more than `COUNTED`."""
    found = (
        sa_select(col(Feedback.id))
        .where(col(Feedback.community_id) == community_id, *which)
        .limit(COUNTED + 1)
        .subquery()
    )
    return int(session.execute(sa_select(func.count()).select_from(found)).scalar_one())


def last_decision(session: Session, item: Feedback) -> int:
    """The id of the last change of an item's status; 0 when there was none."""
    query = select(func.max(History.id)).where(History.feedback_id == item.id, History.action == Action.STATUS)
    return session.exec(query).one() or 0


def change_status(
    session: Session, item: Feedback, status: Status, actor_id: int | None, note: str, now: datetime
) -> History:
    """Move an item to a status and record why."""
    before, item.status, item.changed_at = item.status, status, now
    item.closed_at = now if status in CLOSED else None
    session.add(item)
    return record(session, item, Action.STATUS, actor_id, before=before, after=status, note=note, at=now)


def change_text(session: Session, item: Feedback, text: str, actor_id: int | None, now: datetime) -> None:
    """Replace an item's words; the former ones are not kept here."""
    item.text, item.changed_at = text, now
    session.add(item)
    record(session, item, Action.EDITED, actor_id, at=now)


def change_visibility(session: Session, item: Feedback, to: Visibility, actor_id: int | None, now: datetime) -> None:
    """Show an item to others or to the team alone."""
    before, item.visibility, item.changed_at = item.visibility, to, now
    session.add(item)
    record(session, item, Action.VISIBILITY, actor_id, before=before, after=to, at=now)


def change_area(session: Session, item: Feedback, area: str, actor_id: int | None, now: datetime) -> None:
    """Give an item another area."""
    before, item.area, item.changed_at = item.area, area, now
    session.add(item)
    record(session, item, Action.AREA, actor_id, before=before, after=area, at=now)


def record(
    session: Session,
    item: Feedback,
    action: Action,
    actor_id: int | None,
    *,
    before: str | None = None,
    after: str | None = None,
    note: str = "",
    at: datetime | None = None,
) -> History:
    """Append to an item's history. The author of a nameless item is never its actor."""
    entry = History(
        feedback_id=item.id,
        at=at or item.created_at,
        action=action,
        actor_id=actor_id,
        before=str(before) if before else None,
        after=str(after) if after else None,
        note=note,
    )
    return add_row(session, entry)


def history(session: Session, feedback_id: int) -> list[History]:
    """What happened to an item, in order."""
    return list(session.exec(select(History).where(History.feedback_id == feedback_id).order_by(col(History.id))))


def histories(session: Session, feedback_ids: Collection[int]) -> dict[int, list[History]]:
    """What happened to each of some items, in order."""
    found: dict[int, list[History]] = {own: [] for own in feedback_ids}
    query = select(History).where(col(History.feedback_id).in_(feedback_ids)).order_by(col(History.id))
    for entry in session.exec(query):
        found[entry.feedback_id].append(entry)
    return found


def walk(
    session: Session, community_id: int, page: int = 500, since: datetime | None = None
) -> Iterator[tuple[Feedback, int]]:
    """Every item of a community with its support, in the order of its numbers, a page in memory at a time.

    The session may be closed after any whole page: the next one is looked for from the last number.

    Args:
        since: leave out what was last changed before this instant.
    """
    last = 0
    while True:
        query = select(Feedback).where(Feedback.community_id == community_id, Feedback.number > last)
        if since:
            query = query.where(Feedback.changed_at >= since)
        rows = list(session.exec(query.order_by(col(Feedback.number)).limit(page)))
        yield from ((item, item.support) for item in rows)
        if len(rows) < page:
            return
        last = rows[-1].number
        session.expunge_all()


# Asked with every message: built once, since building a statement costs more than running it.
@prepared()
def _open_count(_: str) -> Select[int]:
    theirs = _written_by(bindparam("community_id"), bindparam("member_id"), bindparam("mark"))
    # Counted in the indexes alone: a row is somewhere else in the file for each of a person's items.
    found = union_all(*(one.where(_is_open()) for one in theirs)).subquery()
    return sa_select(func.count()).select_from(found)


@prepared(*COLUMNS)
def _insert_item(_: str) -> Executable:
    return sa_insert(table_of(Feedback)).returning(table_of(Feedback).c.id)


@prepared("feedback_id", "at", "action", "actor_id", "after", "note")
def _insert_filed(_: str) -> Insert:
    return sa_insert(table_of(History))


def _written_by(community_id: Any, member_id: Any, mark: Any) -> tuple[Select[int], Select[int]]:
    """The ids of a person's items, named and nameless: an OR SQLite would answer by reading the whole community."""
    here = sa_select(col(Feedback.id)).where(col(Feedback.community_id) == community_id)
    return here.where(col(Feedback.author_id) == member_id), here.where(col(Feedback.author_hash) == mark)


def _comes_after(item: Feedback) -> tuple[ColumnElement[bool], ...]:
    """The first condition alone is a range of the index of what waits."""
    support, at = col(Feedback.support), col(Feedback.created_at)
    later = (at > item.created_at) | ((at == item.created_at) & (col(Feedback.id) > item.id))
    return (support <= item.support, (support < item.support) | later)


def _is_open() -> ColumnElement[bool]:
    return col(Feedback.closed_at).is_(None)
