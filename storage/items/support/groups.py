"""Groups: an item (the target) and those joined to it. Their support is counted at the target, each person once.

The rows of supporters and followers stay with the item they were stored for, so that separating restores each item.
The target's support is the sum of
- the distinct named people among all supporters and the authors of joined items, without the target's own author;
- each nameless joined item, as one;
- each supporter's row whose person was erased;
- the support imported with the items (`base_support`).
Nameless authors are not compared with the others: a count that does not rise would reveal that two items are by the
same person. The author of a withdrawn item is not counted; its supporters are.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, Integer, Select, bindparam, func, union, union_all
from sqlalchemy import select as sa_select
from sqlalchemy import update as sa_update
from sqlmodel import Session, col, select, update

from storage.engine.listing import among, listed
from storage.engine.loading import loaded, one_by_id
from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Feedback, Follow, Support
from storage.vocabulary import Status


def root(session: Session, item: Feedback) -> int:
    """The id of the item that this one is joined to, or its own id; read from the database."""
    rows = _joined_to.rows(session, {"id": item.id})
    joined_to: int | None = rows[0][0] if rows else None
    return joined_to if joined_to is not None else item.id


def target(session: Session, item: Feedback) -> Feedback:
    """The item that this one is joined to, or itself."""
    return item if item.joined_to is None else one_by_id(session, Feedback, item.joined_to)


def joined(session: Session, item: Feedback) -> list[Feedback]:
    """The items that are joined to one, ordered by id."""
    return _joined.all(session, {"target": item.id})


def ids(session: Session, target_id: int) -> list[int]:
    """The ids of a group: its target's, then those of the joined items."""
    return [target_id, *(own for (own,) in _joined_ids.rows(session, {"target": target_id}))]


def hold(session: Session, *items: Feedback) -> None:
    """Lock the groups of items until the transaction ends, and read them again.

    Rows are locked in the order of their ids, which prevents deadlocks. If a group grows meanwhile, its new items are
    locked, too; should that cause a deadlock, the store runs one of the jobs again.
    """
    held: set[int] = set()
    while missing := {one for item in items for one in ids(session, root(session, item))} - held:
        lock(session, missing)
        held |= missing


def lock(session: Session, which: Collection[int]) -> list[Feedback]:
    """Lock items in the order of their ids until the transaction ends, and read them again."""
    return _lock.all(session, {"which": listed(which)})


def update_group(session: Session, item: Feedback) -> None:
    """Update a group after a change of one of its items: the support, and the closing time of joined items."""
    session.flush()
    own = item.joined_to if item.joined_to is not None else item.id
    if len(ids(session, own)) == 1:
        return
    if item.id == own and item.closed_at is not None:
        waits = (col(Feedback.joined_to) == own, col(Feedback.status) == Status.JOINED)
        session.exec(update(Feedback).where(*waits).values(closed_at=item.closed_at))
    recount(session, own)


def adjust(session: Session, target_id: int, change: int) -> None:
    """Update the support of a group after supporters' rows were added or deleted.

    Args:
        change: the change in the number of rows; added to the support where the group is a single item, so that its
            supporters need not be counted.
    """
    if len(ids(session, target_id)) > 1:
        recount(session, target_id)
    elif change:
        _change_support.all(session, {"target": target_id, "change": change})


def mark_changed(session: Session, target_id: int) -> None:
    """Mark an item as changed, so that its cards are redrawn although no column changed."""
    same = update(Feedback).where(col(Feedback.id) == target_id)
    session.exec(same.values(support=col(Feedback.support)))


def recount(session: Session, target_id: int) -> None:
    """Recompute the support of a group's target, and that of each joined item from its own supporters."""
    _recount_joined.all(session, {"target": target_id})
    _set_support.all(session, {"target": target_id, "whole": count(session, ids(session, target_id))})


def count(session: Session, group: Sequence[int]) -> int:
    """The support of a group, counted from its rows.

    Args:
        group: the ids of its items, the target's first.
    """
    given = {"target": group[0], "group": listed(group), "joined": listed(group[1:])}
    return sum(number or 0 for number in _counted.rows(session, given)[0])


def authors(session: Session, item: Feedback) -> dict[int, Feedback]:
    """The member ids of named authors of items joined to one and not withdrawn, each with their first such item."""
    found: dict[int, Feedback] = {}
    for one in joined(session, item):
        if one.author_id is not None and one.status is not Status.WITHDRAWN:
            found.setdefault(one.author_id, one)
    return found


def through(session: Session, item: Feedback) -> dict[int, Feedback]:
    """The people concerned by an item only through a joined item: by member id, that item."""
    items = {one.id: one for one in joined(session, item)}
    found: dict[int, Feedback] = {}
    directly: set[int | None] = {item.author_id}
    for table in (Follow, Support) if items else ():
        query = select(table.member_id, table.feedback_id).where(col(table.feedback_id).in_([item.id, *items]))
        for member_id, feedback_id in session.exec(query):
            if feedback_id == item.id:
                directly.add(member_id)
            elif member_id is not None:
                found[member_id] = items[feedback_id]
    return {own: one for own, one in (found | authors(session, item)).items() if own not in directly}


def earlier(session: Session, item: Feedback) -> int:
    """How much of a group's support was given before its target was last edited."""
    base = sum(one.base_support for one in (item, *joined(session, item)))
    return base + len(_given_before(session, item))


def earlier_members(session: Session, item: Feedback) -> list[int]:
    """The ids of the members who supported a group before its target was last edited."""
    return [who for who in _given_before(session, item) if isinstance(who, int)]


def _given_before(session: Session, item: Feedback) -> list[int | str]:
    """The supporters of a group from before its target's last edit: member ids, and keys for those without one.

    A person's support counts from the last time they gave it; that of a joined item's author from its filing.
    """
    others = joined(session, item)
    rows = session.exec(select(Support).where(col(Support.feedback_id).in_([item.id, *(one.id for one in others)])))
    given: dict[int | str, datetime] = {}
    for row in rows:
        who = row.member_id if row.member_id is not None else f"row {row.id}"
        given[who] = max(row.at, given.get(who, row.at))
    for one in (one for one in others if one.status is not Status.WITHDRAWN):
        author = f"item {one.id}" if one.nameless else one.author_id
        if author is not None:
            given.setdefault(author, one.created_at)
    if item.author_id is not None and all(
        (row.feedback_id, row.member_id) != (item.id, item.author_id) for row in rows
    ):
        given.pop(item.author_id, None)
    edited = item.edited_at or item.created_at
    return [who for who, at in given.items() if at <= edited]


# Run with every support: built once, since building a statement takes longer than running it.
@prepared()
def _joined_to(_: str) -> Select[Any]:
    own = table_of(Feedback)
    return sa_select(own.c.joined_to).where(own.c.id == bindparam("id"))


@loaded(Feedback, anew=True)
def _lock(dialect: str) -> Select[Feedback]:
    query = sa_select(Feedback).where(among(dialect, col(Feedback.id), "which"))
    return query.order_by(col(Feedback.id)).with_for_update()


@loaded(Feedback)
def _joined(_: str) -> Select[Feedback]:
    return sa_select(Feedback).where(col(Feedback.joined_to) == bindparam("target")).order_by(col(Feedback.id))


@prepared()
def _joined_ids(_: str) -> Select[Any]:
    own = table_of(Feedback)
    return sa_select(own.c.id).where(own.c.joined_to == bindparam("target"))


@loaded(Feedback, anew=True)
def _change_support(_: str) -> Executable:
    total = col(Feedback.support) + bindparam("change", type_=Integer)
    return sa_update(Feedback).where(col(Feedback.id) == bindparam("target")).values(support=total).returning(Feedback)


@loaded(Feedback, anew=True)
def _set_support(_: str) -> Executable:
    whole = bindparam("whole", type_=Integer)
    changed = (col(Feedback.id) == bindparam("target"), col(Feedback.support) != whole)
    return sa_update(Feedback).where(*changed).values(support=whole).returning(Feedback)


@loaded(Feedback, anew=True)
def _recount_joined(_: str) -> Executable:
    """Sets the support of each joined item to the number of its own supporters."""
    rows = sa_select(func.count()).where(col(Support.feedback_id) == col(Feedback.id)).scalar_subquery()
    own = col(Feedback.base_support) + rows
    changed = (col(Feedback.joined_to) == bindparam("target"), col(Feedback.support) != own)
    return sa_update(Feedback).where(*changed).values(support=own).returning(Feedback)


@prepared()
def _counted(dialect: str) -> Select[Any]:
    return sa_select(_named(dialect), _unnamed(dialect), _elsewhere(dialect))


def _named(dialect: str) -> Any:
    """Counts the distinct named people; the target's author not for supporting or writing joined items."""
    target: ColumnElement[int] = bindparam("target")
    wrote = func.coalesce(sa_select(col(Feedback.author_id)).where(col(Feedback.id) == target).scalar_subquery(), 0)
    here: Any = sa_select(col(Support.member_id).label("who")).where(col(Support.feedback_id) == target)
    there: Any = sa_select(col(Support.member_id).label("who")).where(
        among(dialect, col(Support.feedback_id), "joined"), col(Support.member_id) != wrote
    )
    authors: Any = sa_select(col(Feedback.author_id).label("who")).where(
        *_counted_authors(dialect), col(Feedback.author_id) != wrote
    )
    # NULL, the member id of erased people, is not counted.
    return sa_select(func.count(union(here, there, authors).subquery().c.who)).scalar_subquery()


def _unnamed(dialect: str) -> Any:
    """Counts the rows without a person, and the nameless joined items."""
    rows = among(dialect, col(Support.feedback_id), "group")
    erased = sa_select(col(Support.id)).where(rows, col(Support.member_id).is_(None))
    nameless = sa_select(col(Feedback.id)).where(*_counted_authors(dialect), col(Feedback.nameless).is_(True))
    return sa_select(func.count()).select_from(union_all(erased, nameless).subquery()).scalar_subquery()


def _elsewhere(dialect: str) -> Any:
    theirs = among(dialect, col(Feedback.id), "group")
    return sa_select(func.sum(col(Feedback.base_support))).where(theirs).scalar_subquery()


def _counted_authors(dialect: str) -> tuple[ColumnElement[bool], ...]:
    """The condition for joined items whose author counts."""
    return among(dialect, col(Feedback.id), "joined"), col(Feedback.status) != Status.WITHDRAWN
