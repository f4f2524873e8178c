"""Stores the owner, the due date and the team's notes of items, each change with a history entry.

When the actor is the item's nameless author, `actor_id` must be None: the id would reveal that it is theirs.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, bindparam, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage import conditions
from storage.engine.loading import loaded
from storage.items import feedback
from storage.models import Feedback, History
from storage.people import members
from storage.vocabulary import Action

PERSON = "person"
"""Stands for a person in history entries, which name only teams."""
MOST_CARED = 500
"""The most items in one statement."""
MOST_NOTES = 200
"""The most notes read of an item."""


def assign(
    session: Session, item: Feedback, owner_id: int | None, team: str | None, actor_id: int | None, now: datetime
) -> bool:
    """Set an item's owner: a person, a team, or (both None) nobody. The item must be locked.

    Returns:
        Whether that is a change.
    """
    if (item.owner_id, item.team) == (owner_id, team):
        return False
    before, after = _name(item.owner_id, item.team), _name(owner_id, team)
    item.owner_id, item.team = owner_id, team
    session.add(item)
    feedback.record(session, item, Action.OWNED, actor_id, before=before, after=after, at=now)
    return True


def release(session: Session, item: Feedback, actor_id: int | None, now: datetime) -> bool:
    """Remove an item's owner; as `assign` with nobody."""
    return assign(session, item, None, None, actor_id, now)


def set_due(session: Session, item: Feedback, day: date | None, actor_id: int | None, now: datetime) -> bool:
    """Set an item's due date, or (None) remove it. The item must be locked.

    Returns:
        Whether that is a change.
    """
    if item.due_on == day:
        return False
    before, after = (one.isoformat() if one else None for one in (item.due_on, day))
    item.due_on = day
    session.add(item)
    feedback.record(session, item, Action.DUE, actor_id, before=before, after=after, at=now)
    return True


def note(session: Session, item: Feedback, text: str, actor_id: int | None, now: datetime) -> History:
    """Add a note that only the team sees."""
    return feedback.record(session, item, Action.NOTED, actor_id, note=text, at=now)


def notes(session: Session, item: Feedback) -> list[History]:
    """The notes on an item that were not erased, oldest first."""
    found = _notes.all(session, {"feedback_id": item.id})
    return sorted(found, key=lambda entry: (entry.at, entry.id))


# Run for every card: built once, since building a statement takes longer than running it.
@loaded(History)
def _notes(_: str) -> Select[History]:
    of_item = (col(History.feedback_id) == bindparam("feedback_id"), col(History.action) == Action.NOTED)
    return sa_select(History).where(*of_item, col(History.note) != "").limit(literal_column(str(MOST_NOTES)))


def due(session: Session, community_id: int, day: date, most: int) -> list[Feedback]:
    """The open items the team sees that are due by a day, earliest due date first."""
    query = select(Feedback).where(
        Feedback.community_id == community_id, col(Feedback.closed_at).is_(None), col(Feedback.due_on) <= day
    )
    query = query.where(col(Feedback.due_on).is_not(None), *conditions.team_sees_or_erased())
    return list(session.exec(query.order_by(col(Feedback.due_on), col(Feedback.id)).limit(most)))


def _name(owner_id: int | None, team: str | None) -> str | None:
    return PERSON if owner_id is not None else team


def held(session: Session, community_id: int, ids: Sequence[int]) -> list[Feedback]:
    """The items among these that the team sees, in the given order, locked until the transaction ends."""
    query = select(Feedback).where(col(Feedback.id).in_(ids), Feedback.community_id == community_id)
    query = query.where(*conditions.team_sees_or_erased()).order_by(col(Feedback.id)).with_for_update()
    found = {item.id: item for item in session.exec(query.execution_options(populate_existing=True))}
    return [found[one] for one in ids if one in found]


def name(session: Session, item: Feedback) -> str:
    """The name of the team or person that owns an item; empty for nobody."""
    return item.team or members.names(session, {item.owner_id or 0}).get(item.owner_id or 0, "")


class Care(NamedTuple):
    """The owner of an item, and when the item was filed."""

    owner_id: int | None
    team: str | None
    filed_at: datetime


def care(session: Session, ids: Sequence[int]) -> list[Care]:
    """The owners of the first `MOST_CARED` of these items."""
    query = select(Feedback.owner_id, Feedback.team, Feedback.created_at)
    return [Care(*row) for row in session.exec(query.where(col(Feedback.id).in_(ids[:MOST_CARED])))]
