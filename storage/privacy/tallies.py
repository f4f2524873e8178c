"""Keeps the support of groups unchanged when a person is erased who supported several of their items (counted once)."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, CompoundSelect, Executable, Select, bindparam, delete, func, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, col

from storage.engine.listing import among, listed
from storage.engine.loading import one_by_id
from storage.engine.prepared import prepared
from storage.items.support import groups
from storage.models import Feedback, Support
from storage.values import frozen


@frozen
class Shares:
    """The groups in which a person wrote or supports an item.

    Attributes:
        own: the ids of the items they wrote.
        groups: the ids of each group's items, the target's first; single items are left out.
    """

    own: frozenset[int]
    groups: tuple[tuple[int, ...], ...]


def hold(session: Session, member_id: int, written: Collection[int]) -> Shares:
    """Find the groups of a person, and lock their items and those written, in the order of their ids.

    Args:
        written: the ids of all items of theirs to be erased.
    """
    theirs = [own for (own,) in _theirs.rows(session, {"member": member_id})]
    held: set[int] = set()
    while missing := {*written, *(one for group in _groups(session, theirs) for one in group)} - held:
        groups.lock(session, missing)
        held |= missing
    own = frozenset(own for (own,) in _named.rows(session, {"member": member_id}))
    return Shares(own, tuple(group for group in _groups(session, theirs) if len(group) > 1))


def keep(session: Session, member_id: int, shares: Shares) -> None:
    """Reduce a person's support rows to one for each of their groups; it still counts as one after the erasure.

    In a group whose target they wrote, only a row on the target itself is kept, as its author does not count otherwise.
    The author of a joined item, counted without a row until now, gets one.
    """
    for group in shares.groups:
        given = {"member": member_id, "group": listed(group)}
        rows = sorted(_supports.rows(session, given), key=lambda row: group.index(row[1]))
        counts = bool(rows) and (group[0] not in shares.own or rows[0][1] == group[0])
        _drop_others.rows(session, {**given, "first": rows[0][0] if counts else 0})
        if not rows and group[0] not in shares.own:
            _store(session, member_id, group)


def recount(session: Session, which: Collection[int]) -> None:
    """Recompute the support of groups, given the ids of some of their items."""
    for group in _groups(session, which):
        groups.recount(session, group[0])


def members(session: Session, which: Collection[int]) -> list[int]:
    """The ids of all items of the groups that contain these items."""
    return sorted({one for group in _groups(session, which) for one in group})


def _store(session: Session, member_id: int, group: tuple[int, ...]) -> None:
    target = one_by_id(session, Feedback, group[0])
    wrote = groups.authors(session, target).get(member_id)
    if wrote is not None:
        session.add(Support(feedback_id=wrote.id, member_id=member_id, at=wrote.created_at))
        session.flush()


def _groups(session: Session, which: Collection[int]) -> list[tuple[int, ...]]:
    """The groups of items, each once, with the target's id first."""
    found = _targets.rows(session, {"which": listed(which)}) if which else []
    return [tuple(groups.ids(session, one)) for one in sorted({target for (target,) in found})]


# Run for everybody who is erased: built once, since building a statement takes longer than running it.
@prepared()
def _theirs(_: str) -> CompoundSelect[int]:
    supported = sa_select(col(Support.feedback_id)).where(col(Support.member_id) == bindparam("member"))
    return union_all(supported, _written_by())


@prepared()
def _named(_: str) -> Select[int]:
    return _written_by()


def _written_by() -> Select[int]:
    return sa_select(col(Feedback.id)).where(col(Feedback.author_id) == bindparam("member"))


@prepared()
def _supports(dialect: str) -> Select[int, int]:
    return sa_select(col(Support.id), col(Support.feedback_id)).where(*_is_of_group(dialect))


@prepared()
def _drop_others(dialect: str) -> Executable:
    return delete(Support).where(*_is_of_group(dialect), col(Support.id) != bindparam("first"))


def _is_of_group(dialect: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The condition for a member's support rows in a group."""
    return among(dialect, col(Support.feedback_id), "group"), col(Support.member_id) == bindparam("member")


@prepared()
def _targets(dialect: str) -> Select[int]:
    """The ids of the items that these are joined to, or their own."""
    target = func.coalesce(col(Feedback.joined_to), col(Feedback.id))
    return sa_select(target).where(among(dialect, col(Feedback.id), "which"))
