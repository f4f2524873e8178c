"""Stores the supporters and followers of items, each person once, and counts support.

Joined items are supported and followed at their target (`storage.items.support.groups`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from operator import itemgetter

from sqlalchemy import CompoundSelect, Executable, Select, bindparam, false, true, union_all
from sqlalchemy import delete as sa_delete
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, func, select, update

from storage.engine.changes import note
from storage.engine.listing import among, listed
from storage.engine.prepared import Prepared, prepared
from storage.engine.unique import insert_once, table_of
from storage.items.support import groups, voices
from storage.models import Feedback, Follow, Support

MOMENT = timedelta(microseconds=1)


def toggle(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Add a person's support of an item, or remove it with their sentence on it, and update the item's support.

    Returns:
        Whether the person supports it now.
    """
    groups.hold(session, item)
    to = groups.target(session, item)
    change = _toggle(session, to, Support(feedback_id=to.id, member_id=member_id, at=now))
    groups.adjust(session, to.id, change)
    note(session, to.community_id, to.id)
    if change < 0:
        _silence(session, to, member_id)
    return change >= 0


def toggle_follow(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Add a person as a follower of an item, or remove them.

    Returns:
        Whether the person follows it now.
    """
    to = groups.target(session, item)
    return _toggle(session, to, Follow(feedback_id=to.id, member_id=member_id, at=now)) >= 0


def supports(session: Session, item: Feedback, member_id: int | None) -> bool:
    """Whether a person supports an item, or one joined to it."""
    return member_id is not None and _has(session, Support, item, member_id)


def follows(session: Session, item: Feedback, member_id: int | None) -> bool:
    """Whether a person follows an item, or one joined to it."""
    return member_id is not None and _has(session, Follow, item, member_id)


def _silence(session: Session, target: Feedback, member_id: int) -> None:
    """Delete the sentences on an item, and those joined to it, of a person who no longer supports it."""
    for own in groups.ids(session, target.id):
        voices.drop_of(session, own, member_id)


def renew(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Date a person's support to now, as for an edited item; False when they do not support it."""
    item = groups.target(session, item)
    theirs = (col(Support.feedback_id).in_(groups.ids(session, item.id)), col(Support.member_id) == member_id)
    # A nameless item is edited at the end of a day.
    at = max(now, item.edited_at + MOMENT) if item.edited_at else now
    groups.mark_changed(session, item.id)
    note(session, item.community_id, item.id)
    if session.exec(update(Support).where(*theirs).values(at=at)).rowcount:
        return True
    if member_id not in groups.authors(session, item):
        return False
    # The author of a joined item is counted without a row.
    return insert_once(session, Support(feedback_id=item.id, member_id=member_id, at=at)) is not None


def leave(session: Session, item: Feedback, member_id: int) -> bool:
    """Remove a person as supporter and follower of an item, and update its support; False when they were neither."""
    groups.hold(session, item)
    item = groups.target(session, item)
    own = groups.ids(session, item.id)
    supported, followed = (
        session.exec(delete(table).where(col(table.feedback_id).in_(own), col(table.member_id) == member_id)).rowcount
        for table in (Support, Follow)
    )
    _silence(session, item, member_id)
    groups.adjust(session, item.id, -supported)
    note(session, item.community_id, item.id)
    return bool(supported or followed)


def forget_follower(session: Session, item: Feedback, member_id: int) -> None:
    """Remove a person as a follower of their own item that became nameless: the row would reveal its author."""
    session.exec(delete(Follow).where(col(Follow.feedback_id) == item.id, col(Follow.member_id) == member_id))


def total(session: Session, item: Feedback) -> int:
    """An item's support, read from the database; see `storage.items.support.groups` for who is counted."""
    return int(_total.value(session, {"id": item.id}))


def followers(session: Session, item: Feedback) -> int:
    """How many people follow an item, or one joined to it, without supporting it."""
    return int(_only_following.value(session, {"own": listed(groups.ids(session, item.id))}))


def of_member(session: Session, community_id: int, member_id: int) -> dict[int, bool]:
    """The items that a person supports or follows in a community, most recent first.

    Returns:
        By item id, whether they support it; else they only follow it.
    """
    found: dict[int, tuple[datetime, bool]] = {}
    for table in (Follow, Support):
        query = sa_select(col(Feedback.id), col(table.at)).join(Feedback, col(Feedback.id) == col(table.feedback_id))
        here = (col(table.member_id) == member_id, col(Feedback.community_id) == community_id)
        for own, at in session.execute(query.where(*here)):
            found[own] = at, table is Support
    return {own: supports for own, (_, supports) in sorted(found.items(), key=lambda one: one[1], reverse=True)}


def earlier(session: Session, items: Iterable[Feedback]) -> dict[int, int]:
    """By item id, how much of an item's support was given before its last edit; unedited items are left out."""
    edited = {item.id: item for item in items if item.edited_at}
    if not edited:
        return {}
    query = select(Support.feedback_id, func.count()).join(Feedback, col(Feedback.id) == col(Support.feedback_id))
    before = query.where(col(Support.feedback_id).in_(edited), col(Support.at) <= col(Feedback.edited_at))
    counts = dict(session.exec(before.group_by(col(Support.feedback_id))).all())
    found = {own: item.base_support + counts.get(own, 0) for own, item in edited.items()}
    targets = set(session.exec(select(Feedback.joined_to).where(col(Feedback.joined_to).in_(edited)).distinct()))
    return found | {own: groups.earlier(session, edited[own]) for own in targets if own is not None}


def others(session: Session, item: Feedback) -> dict[int, bool]:
    """By member id, whether each supporter or follower of an item supports it; its author is left out.

    Includes the supporters, followers and (as supporters) named authors of joined items.
    """
    rows = _concerned.rows(session, {"own": listed(groups.ids(session, item.id))})
    # Somebody who does both supports it, in whatever order the rows come.
    found = dict(sorted(rows, key=itemgetter(1))) | dict.fromkeys(groups.authors(session, item), True)
    return {own: supports for own, supports in found.items() if own is not None and own != item.author_id}


def concerned(session: Session, item: Feedback) -> list[int]:
    """The member ids of the people to notify of a change: the named author, supporters and followers, each once."""
    return sorted({*others(session, item), *([] if item.author_id is None else [item.author_id])})


# Run with every decision and card: built once, since building a statement takes longer than running it.
@prepared()
def _total(_: str) -> Select[int]:
    return sa_select(col(Feedback.support)).where(col(Feedback.id) == bindparam("id"))


@prepared()
def _concerned(dialect: str) -> CompoundSelect[int | None, bool]:
    """The followers of some items, then the supporters: member id and whether they support."""
    followers = sa_select(col(Follow.member_id), false()).where(among(dialect, col(Follow.feedback_id), "own"))
    return union_all(
        followers, sa_select(col(Support.member_id), true()).where(among(dialect, col(Support.feedback_id), "own"))
    )


@prepared()
def _only_following(dialect: str) -> Select[int]:
    same = (among(dialect, col(Support.feedback_id), "own"), col(Support.member_id) == col(Follow.member_id))
    supporting = sa_select(col(Support.member_id)).where(*same)
    query = sa_select(func.count(col(Follow.member_id).distinct())).where(
        among(dialect, col(Follow.feedback_id), "own")
    )
    return query.where(~supporting.exists())


def _has(session: Session, table: type[Support | Follow], item: Feedback, member_id: int) -> bool:
    own = groups.ids(session, groups.target(session, item).id)
    return bool(_theirs(table).rows(session, {"own": listed(own), "member_id": member_id}))


@cache
def _theirs(table: type[Support | Follow]) -> Prepared:
    def build(dialect: str) -> Select[int]:
        own = among(dialect, col(table.feedback_id), "own")
        return sa_select(col(table.id)).where(own, col(table.member_id) == bindparam("member_id"))

    return Prepared(build)


def _toggle(session: Session, to: Feedback, row: Support | Follow) -> int:
    """Delete a person's rows in a group if there are any, else insert one.

    Returns:
        The change of the number of rows; 0 when a concurrent transaction inserted the same one.
    """
    table = type(row)
    given = {"own": listed(groups.ids(session, to.id)), "member_id": row.member_id}
    if deleted := _take_back(table).rows(session, given):
        return -len(deleted)
    return 1 if insert_once(session, row) else 0


@cache
def _take_back(table: type[Support | Follow]) -> Prepared:
    def build(dialect: str) -> Executable:
        own = among(dialect, col(table.feedback_id), "own")
        mine = sa_delete(table_of(table)).where(own, col(table.member_id) == bindparam("member_id"))
        return mine.returning(col(table.id))

    return Prepared(build)
