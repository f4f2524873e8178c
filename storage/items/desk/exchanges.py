"""Stores what the team and an item's author write to each other, as turns in the item's history.

Each entry has its turn's number in `before`: the entries of a nameless author have only a day, and random ids.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.conditions import literal
from storage.engine.loading import loaded
from storage.items import feedback
from storage.models import Feedback, History
from storage.vocabulary import Action

TURNS = (Action.ASKED, Action.REPLIED)
SNOOZE = timedelta(days=14)
"""How long at most an item is out of the queue after its author was asked something."""
MOST_TOLD = 20
"""The most history entries read for what a person was lately told."""


def ask(session: Session, item: Feedback, actor_id: int | None, text: str, now: datetime) -> History:
    """Record a question of the team to an item's author; the item must be locked."""
    return _add(session, item, Action.ASKED, actor_id, text, now)


def reply(session: Session, item: Feedback, text: str, now: datetime) -> History:
    """Record an answer of an item's author to the team; the item must be locked.

    Args:
        now: the present; for a nameless item, the beginning of the day.
    """
    return _add(session, item, Action.REPLIED, item.author_id, text, now)


def turns(session: Session, item: Feedback) -> list[History]:
    """What the team and an item's author wrote to each other, in order; erased words are empty."""
    found = _turns.all(session, {"feedback_id": item.id})
    return sorted(found, key=lambda entry: entry.before or "")


# Run for every card: built once, since building a statement takes longer than running it.
@loaded(History)
def _turns(_: str) -> Select[History]:
    of_item = col(History.feedback_id) == bindparam("feedback_id")
    return sa_select(History).where(of_item, col(History.action).in_([literal(one) for one in TURNS]))


def open_question(session: Session, item: Feedback) -> History | None:
    """The question that an item's author has not answered yet; None when there is none."""
    last = turns(session, item)[-1:]
    return last[0] if last and last[0].action is Action.ASKED else None


def lately_told(session: Session, community_id: int, author_id: int, since: datetime) -> list[Feedback]:
    """A person's named items on which the team asked or decided something since an instant, latest first."""
    own = (Feedback.community_id == community_id, Feedback.author_id == author_id, col(Feedback.nameless).is_(False))
    turned = (col(History.action).in_((Action.ASKED, Action.STATUS)), History.at >= since)
    query = select(Feedback).join(History, col(History.feedback_id) == col(Feedback.id)).where(*own, *turned)
    found = session.exec(query.order_by(col(History.at).desc(), col(History.id).desc()).limit(MOST_TOLD))
    return list({item.id: item for item in found}.values())


def _add(session: Session, item: Feedback, action: Action, actor_id: int | None, text: str, now: datetime) -> History:
    turn = f"{len(turns(session, item)) + 1:04}"
    return feedback.record(session, item, action, actor_id, before=turn, note=text, at=now)
