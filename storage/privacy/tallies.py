"""Keeps the support of items as it is when somebody who supported several of a group is erased: they count once."""

from collections.abc import Collection

from sqlalchemy import select as sa_select
from sqlalchemy import union_all
from sqlmodel import Session, col, delete, select

from storage.items.support import groups
from storage.models import Feedback, Support
from storage.values import frozen


@frozen
class Shares:
    """The groups in which somebody wrote or supports an item.

    Attributes:
        own: the ids of the items they wrote.
        groups: for each group the ids of its items, the target's first; single items are left out.
    """

    own: frozenset[int]
    groups: tuple[tuple[int, ...], ...]


def hold(session: Session, member_id: int, written: Collection[int]) -> Shares:
    """Find the groups of a person, and lock their items and those written, in the order of their ids.

    Args:
        written: the ids of all items of theirs to be erased.
    """
    supported = sa_select(col(Support.feedback_id)).where(col(Support.member_id) == member_id)
    named = sa_select(col(Feedback.id)).where(col(Feedback.author_id) == member_id)
    theirs = session.execute(union_all(supported, named)).scalars().all()
    held: set[int] = set()
    while missing := {*written, *(one for group in _groups(session, theirs) for one in group)} - held:
        groups.lock(session, missing)
        held |= missing
    own = frozenset(session.execute(named).scalars())
    return Shares(own, tuple(group for group in _groups(session, theirs) if len(group) > 1))


def keep(session: Session, member_id: int, shares: Shares) -> None:
    """Leave one row of the person in each of their groups, which stays as that of somebody erased.

    None is left in the group of their own item, whose author counts without.

    For the author of a joined item, who is counted without a row, one is stored.
    """
    for group in shares.groups:
        mine = col(Support.feedback_id).in_(group), col(Support.member_id) == member_id
        rows = sorted(session.exec(select(Support).where(*mine)), key=lambda row: group.index(row.feedback_id))
        counts = bool(rows) and (group[0] not in shares.own or rows[0].feedback_id == group[0])
        first = rows[0].id if counts else 0
        session.exec(delete(Support).where(*mine, col(Support.id) != first))
        if not rows and group[0] not in shares.own:
            _store(session, member_id, group)


def recount(session: Session, which: Collection[int]) -> None:
    """Count the support of groups anew, given the ids of some of their items."""
    for group in _groups(session, which):
        groups.recount(session, group[0])


def members(session: Session, which: Collection[int]) -> list[int]:
    """The ids of all items of the groups that these items are of."""
    return sorted({one for group in _groups(session, which) for one in group})


def _store(session: Session, member_id: int, group: tuple[int, ...]) -> None:
    target = session.get_one(Feedback, group[0])
    wrote = groups.authors(session, target).get(member_id)
    if wrote is not None:
        session.add(Support(feedback_id=wrote.id, member_id=member_id, at=wrote.created_at))
        session.flush()


def _groups(session: Session, which: Collection[int]) -> list[tuple[int, ...]]:
    """The groups of items, each once, with the target's id first."""
    query = select(Feedback.id, Feedback.joined_to).where(col(Feedback.id).in_(which))
    targets = {joined_to if joined_to is not None else own for own, joined_to in session.exec(query)}
    return [tuple(groups.ids(session, one)) for one in sorted(targets)]
