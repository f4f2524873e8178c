"""Files, finds and changes feedback items, with their history."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Insert, Select, bindparam, func, union_all
from sqlalchemy import insert as sa_insert
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage import conditions
from storage.engine.prepared import prepared
from storage.engine.unique import add_row, table_of
from storage.models import Feedback, History
from storage.people import communities
from storage.vocabulary import CLOSED, Action, Audience, Kind, Naming, Publication, Status

COUNTED = 1_000
"""The largest exact count of undecided items; each item counted is a row to read, so counting stops one later."""


@dataclass(slots=True)
class NewItem:
    """An item to file, with the columns of its row; creating a model object takes ten times as long."""

    community_id: int
    kind: Kind
    audience: Audience
    language: str
    text: str
    created_at: datetime
    changed_at: datetime
    area: str | None = None
    author_id: int | None = None
    author_hash: str | None = None
    nameless: bool = False
    publication: Publication = Publication.SHOWN
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
    """Insert an item with the community's next public number and the first entry of its history; sets number and id."""
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
    """Set the computed values of a new item: its support and, for a closed status, when it was closed."""
    item.support = item.base_support
    if item.status in CLOSED:
        item.closed_at = item.closed_at or item.changed_at


def by_number(session: Session, community_id: int, number: int) -> Feedback | None:
    """The item with this public number in a community, or None."""
    return session.exec(
        select(Feedback).where(Feedback.community_id == community_id, Feedback.number == number)
    ).first()


def hold(session: Session, item: Feedback) -> None:
    """Lock an item until the transaction ends, and read it again."""
    session.refresh(item, with_for_update=True)


def by_source(session: Session, source: str) -> Feedback | None:
    """The item filed from this event or imported row, by its keyed mark; None when there is none."""
    return session.exec(select(Feedback).where(Feedback.source == source)).first()


def of_author(session: Session, community_id: int, member_id: int, mark: str, most: int = 20) -> list[Feedback]:
    """A person's items, the newest first: those with their member id, and nameless ones with their keyed mark."""
    theirs = _written_by(community_id, member_id, mark)
    query = select(Feedback).where(col(Feedback.id).in_(union_all(*theirs)))
    return list(session.exec(query.order_by(col(Feedback.id).desc()).limit(most)))


def open_count(session: Session, community_id: int, member_id: int, mark: str) -> int:
    """How many of a person's items, named and nameless, are open."""
    theirs = {"community_id": community_id, "member_id": member_id, "mark": mark}
    return int(_open_count.value(session, theirs))


def top(session: Session, community_id: int, most: int = 5) -> list[tuple[Feedback, int]]:
    """The open items that all members may see, with their support, the most supported first."""
    query = select(Feedback).where(Feedback.community_id == community_id, *conditions.shown())
    order = (col(Feedback.support).desc(), col(Feedback.id).desc())
    return [(item, item.support) for item in session.exec(query.order_by(*order).limit(most))]


def waiting(
    session: Session, community_id: int, most: int, after: Feedback | None = None
) -> list[tuple[Feedback, int]]:
    """Undecided items, unread praise and held items, with their support: the most supported first, then the oldest.

    Args:
        after: begin after this item's position in that order (keyset pagination); it need not be undecided itself.
    """
    place = _comes_after(after) if after else ()
    order = (col(Feedback.support).desc(), col(Feedback.created_at), col(Feedback.id))
    found: list[Feedback] = []
    for waits in (conditions.to_decide(), conditions.to_read(), conditions.to_publish()):
        query = select(Feedback).where(Feedback.community_id == community_id, *waits, *place)
        found += session.exec(query.order_by(*order).limit(most))
    found.sort(key=lambda item: (-item.support, item.created_at, item.id))
    return [(item, item.support) for item in found[:most]]


def waiting_count(session: Session, community_id: int) -> tuple[int, int]:
    """How many items are undecided, as digests count them, and how many praises are unread.

    Returns:
        Both counted up to `COUNTED` + 1, which stands for any larger number.
    """
    decisions, thanks = (
        counted(session, community_id, *waits) for waits in (conditions.to_decide(), conditions.to_read())
    )
    return decisions, thanks


def counted(session: Session, community_id: int, *which: ColumnElement[bool]) -> int:
    """How many items of a community meet these conditions, counted up to `COUNTED` + 1."""
    found = (
        sa_select(col(Feedback.id))
        .where(col(Feedback.community_id) == community_id, *which)
        .limit(COUNTED + 1)
        .subquery()
    )
    return int(session.execute(sa_select(func.count()).select_from(found)).scalar_one())


def last_decision(session: Session, item: Feedback) -> int:
    """The id of the history entry of an item's last change of status; 0 when there is none."""
    query = select(func.max(History.id)).where(History.feedback_id == item.id, History.action == Action.STATUS)
    return session.exec(query).one() or 0


def change_status(
    session: Session, item: Feedback, status: Status, actor_id: int | None, note: str, now: datetime
) -> History:
    """Change an item's status, and record it with the reason; return the history entry."""
    before, item.status, item.changed_at = item.status, status, now
    item.closed_at = now if status in CLOSED else None
    session.add(item)
    return record(session, item, Action.STATUS, actor_id, before=before, after=status, note=note, at=now)


def change_text(
    session: Session, item: Feedback, text: str, actor_id: int | None, now: datetime, *, marked: bool = False
) -> History:
    """Replace an item's text, and record that it was edited, without the former text; return the history entry.

    Args:
        marked: whether it is shown from now on that it was edited.
    """
    item.text, item.changed_at = text, now
    if marked:
        item.edited_at = now
    session.add(item)
    return record(session, item, Action.EDITED, actor_id, at=now)


def edits(session: Session, item: Feedback) -> int:
    """How often an item's text was changed since that was last marked."""
    query = select(func.count()).select_from(History).where(History.feedback_id == item.id)
    edited = query.where(History.action == Action.EDITED)
    return session.exec(edited.where(History.at > item.edited_at) if item.edited_at else edited).one()


def change_visibility(
    session: Session, item: Feedback, audience: Audience, naming: Naming, actor_id: int | None, now: datetime
) -> None:
    """Change who may see an item, and whether with its author's name, and record both."""
    before = f"{item.audience}, {naming_of(item)}"
    item.audience, item.nameless, item.changed_at = audience, naming is Naming.NAMELESS, now
    session.add(item)
    record(session, item, Action.VISIBILITY, actor_id, before=before, after=f"{audience}, {naming}", at=now)


def naming_of(item: AnyItem) -> Naming:
    """Whether an item has its author's name."""
    return Naming.NAMELESS if item.nameless else Naming.NAMED


def change_area(session: Session, item: Feedback, area: str, actor_id: int | None, now: datetime) -> None:
    """Change an item's area, and record it."""
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
    """Append an entry to an item's history; the caller must not give the author of a nameless item as the actor.

    Args:
        at: when; None for when the item was filed.
    """
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
    """The entries of an item's history, the oldest first."""
    return list(session.exec(select(History).where(History.feedback_id == feedback_id).order_by(col(History.id))))


def histories(session: Session, feedback_ids: Collection[int]) -> dict[int, list[History]]:
    """The entries of several items' histories, the oldest first, by item id."""
    found: dict[int, list[History]] = {own: [] for own in feedback_ids}
    query = select(History).where(col(History.feedback_id).in_(feedback_ids)).order_by(col(History.id))
    for entry in session.exec(query):
        found[entry.feedback_id].append(entry)
    return found


# Run with every message: built once, since building a statement takes longer than running it.
@prepared()
def _open_count(_: str) -> Select[int]:
    theirs = _written_by(bindparam("community_id"), bindparam("member_id"), bindparam("mark"))
    # Both queries read their index alone: the rows of a person's items are scattered over the file.
    found = union_all(*(one.where(_is_open()) for one in theirs)).subquery()
    return sa_select(func.count()).select_from(found)


@prepared(*COLUMNS)
def _insert_item(_: str) -> Executable:
    return sa_insert(table_of(Feedback)).returning(table_of(Feedback).c.id)


@prepared("feedback_id", "at", "action", "actor_id", "after", "note")
def _insert_filed(_: str) -> Insert:
    return sa_insert(table_of(History))


def _written_by(community_id: Any, member_id: Any, mark: Any) -> tuple[Select[int], Select[int]]:
    """Two queries for the ids of a person's items, named and nameless; with OR, SQLite would scan the community."""
    here = sa_select(col(Feedback.id)).where(col(Feedback.community_id) == community_id)
    return here.where(col(Feedback.author_id) == member_id), here.where(col(Feedback.author_hash) == mark)


def _comes_after(item: Feedback) -> tuple[ColumnElement[bool], ...]:
    """The items after this one in the queue; the first condition is redundant, but a range of the queue's index."""
    support, at = col(Feedback.support), col(Feedback.created_at)
    later = (at > item.created_at) | ((at == item.created_at) & (col(Feedback.id) > item.id))
    return (support <= item.support, (support < item.support) | later)


def _is_open() -> ColumnElement[bool]:
    return col(Feedback.closed_at).is_(None)
