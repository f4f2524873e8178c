"""Bulk import: finds items that were imported before, and updates their support, status and dates from the file."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, and_, bindparam, or_, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.engine.unique import table_of
from storage.models import Feedback, History, Identity
from storage.values import frozen
from storage.vocabulary import CLOSED, Action, Status

UNQUOTED, QUOTED = "row:", "said:"
"""The prefixes of the marks of imported rows whose text may not be quoted without a name, and of those that may."""
EARLIER = "csv:"
"""The prefix of these marks in earlier versions."""


@frozen
class Held:
    """An item that was imported from a file.

    Attributes:
        support: the support it had where it came from.
        decided_here: whether somebody here has decided on it since; then a file no longer changes its status.
    """

    id: int
    source: str
    text: str
    status: Status
    support: int
    at: datetime
    changed_at: datetime
    closed_at: datetime | None = None
    decided_here: bool = False


@frozen
class Revision:
    """The new values of an imported item.

    Attributes:
        held: the item as it was.
        decided_at: when its status changed, if it does.
    """

    held: Held
    source: str
    support: int
    status: Status
    at: datetime
    decided_at: datetime
    reason: str = ""

    @property
    def is_change(self) -> bool:
        """Whether anything but the mark changes."""
        was = self.held
        return (was.support, was.status, was.at) != (self.support, self.status, self.at)


def is_without_author(item: Feedback) -> bool:
    """Whether an item was imported without an author."""
    return item.author_hash is None and (item.source or "").startswith((UNQUOTED, QUOTED))


def held(session: Session, sources: Collection[str]) -> dict[str, Held]:
    """The items with these marks of rows, by mark."""
    if not sources:
        # For an empty set SQLite would go through the whole table.
        return {}
    return {found.source: found for found in _held(session, col(Feedback.source).in_(sources))}


def of_earlier_versions(session: Session, community_id: int, moments: Collection[datetime]) -> list[tuple[Held, str]]:
    """Items of these instants that earlier versions imported, each with its author's name, empty for none.

    Those versions made a row's mark of all its values, so a row whose support changed has another mark.
    """
    here = (col(Feedback.community_id) == community_id, col(Feedback.created_at).in_(moments))
    found = _held(session, *here, col(Feedback.source).like(f"{EARLIER}%"))
    query = select(Feedback.id, Identity.name).join(Identity, col(Identity.member_id) == col(Feedback.author_id))
    names = dict(session.exec(query.where(col(Feedback.id).in_([one.id for one in found]))).all())
    return [(one, names.get(one.id, "")) for one in found]


def has_of_earlier_versions(session: Session, community_id: int) -> bool:
    """Whether a community has items that earlier versions imported; run once for each import."""
    return _has(session, community_id, EARLIER)


def has_of_files(session: Session, community_id: int) -> bool:
    """Whether a community has items that this version imported; run once for each import."""
    return _has(session, community_id, UNQUOTED) or _has(session, community_id, QUOTED)


def numbered(session: Session, community_id: int, numbers: Collection[int]) -> dict[int, str]:
    """The texts of the items with these public numbers."""
    if not numbers:
        return {}
    query = select(Feedback.number, Feedback.text).where(Feedback.community_id == community_id)
    return dict(session.exec(query.where(col(Feedback.number).in_(numbers))).all())


def revise(session: Session, revisions: Sequence[Revision]) -> None:
    """Update items from a file, with a history entry for each change of status.

    Another support does not set `changed_at`, as with support given here; otherwise each item would get a new card.
    """
    if revisions:
        session.connection().execute(_update(), [_values(one) for one in revisions])
    moved = [{"item": one.held.id, "moment": one.at} for one in revisions if one.at != one.held.at]
    if moved:
        # Entries from other files move with the beginning, since they would otherwise precede it.
        own = table_of(History).c
        moment: Any = bindparam("moment")
        before = or_(own.action == Action.FILED, and_(own.at < moment, own.actor_id.is_(None)))
        moving = update(table_of(History)).where(own.feedback_id == bindparam("item"), before).values(at=moment)
        session.connection().execute(moving, moved)
    decided = [_entry(one) for one in revisions if one.status is not one.held.status]
    if decided:
        session.connection().execute(table_of(History).insert(), decided)


def acts_of_people(ids: Sequence[int]) -> Select[int, Action]:
    """A query of the ids and actions of history entries made by people; the caller picks out the decisions.

    A query for decisions alone would make SQLite read all decisions of the database for each page of a long import.
    """
    held = col(History.feedback_id).in_(ids), col(History.actor_id).is_not(None)
    return sa_select(col(History.feedback_id), col(History.action)).where(*held)


def _has(session: Session, community_id: int, beginning: str) -> bool:
    here = (Feedback.community_id == community_id, col(Feedback.source).like(f"{beginning}%"))
    return session.exec(select(Feedback.id).where(*here).limit(1)).first() is not None


def _held(session: Session, *which: ColumnElement[bool]) -> list[Held]:
    words = (Feedback.id, Feedback.source, Feedback.text, Feedback.status)
    columns = (*words, Feedback.base_support, Feedback.created_at, Feedback.changed_at, Feedback.closed_at)
    rows = session.execute(sa_select(*map(col, columns)).where(*which)).all()
    acts = session.execute(acts_of_people([row[0] for row in rows])).all()
    decided = {item for item, action in acts if action is Action.STATUS}
    return [_as_held(tuple(row), decided) for row in rows]


def _as_held(row: Sequence[Any], decided: Collection[int]) -> Held:
    own, source, text, status, support, at, changed_at, closed_at = row
    return Held(own, source, text, status, support, at, changed_at, closed_at, own in decided)


def _update() -> Update:
    own = table_of(Feedback)
    names = ("source", "status", "created_at", "closed_at", "changed_at")
    given: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    base: Any = bindparam("new_base")
    support = own.c.support - own.c.base_support + base
    return update(own).where(own.c.id == bindparam("item")).values(base_support=base, support=support, **given)


def _values(one: Revision) -> Mapping[str, object]:
    return {
        "item": one.held.id,
        "new_base": one.support,
        "new_source": one.source,
        "new_status": one.status,
        "new_created_at": one.at,
        "new_closed_at": _closed_at(one),
        "new_changed_at": max(one.held.changed_at, one.at) if one.status is one.held.status else one.decided_at,
    }


def _closed_at(one: Revision) -> datetime | None:
    if one.status is one.held.status:
        return one.held.closed_at
    return one.decided_at if one.status in CLOSED else None


def _entry(one: Revision) -> Mapping[str, object]:
    return {
        "feedback_id": one.held.id,
        "at": one.decided_at,
        "action": Action.STATUS,
        "actor_id": None,
        "before": one.held.status.value,
        "after": one.status.value,
        "note": one.reason,
    }
