"""Stores what the team and an item's author write to each other, as turns in the item's history.

Each entry has its turn in `before`, since the entries of a nameless author are of the whole day, and their ids drawn.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.items import feedback
from storage.models import Feedback, History
from storage.vocabulary import Action

TURNS = (Action.ASKED, Action.REPLIED)
SNOOZE = timedelta(days=14)
"""How long an item leaves the queue at most, after its author was asked something."""


def ask(session: Session, item: Feedback, actor_id: int | None, text: str, now: datetime) -> History:
    """Record what the team asks an item's author; the item must be locked."""
    return _add(session, item, Action.ASKED, actor_id, text, now)


def reply(session: Session, item: Feedback, text: str, now: datetime) -> History:
    """Record what an item's author writes to the team; the item must be locked.

    Args:
        now: of a nameless item, the beginning of the day.
    """
    return _add(session, item, Action.REPLIED, item.author_id, text, now)


def turns(session: Session, item: Feedback) -> list[History]:
    """What the team and an item's author wrote to each other, in order; erased words are empty."""
    query = select(History).where(History.feedback_id == item.id, col(History.action).in_(TURNS))
    return sorted(session.exec(query), key=lambda entry: entry.before or "")


def open_question(session: Session, item: Feedback) -> History | None:
    """The question that an item's author has not answered yet; None when there is none."""
    last = turns(session, item)[-1:]
    return last[0] if last and last[0].action is Action.ASKED else None


def _add(session: Session, item: Feedback, action: Action, actor_id: int | None, text: str, now: datetime) -> History:
    turn = f"{len(turns(session, item)) + 1:04}"
    return feedback.record(session, item, action, actor_id, before=turn, note=text, at=now)
