"""Finds outcomes that were not announced to the community yet, and stores that they were."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.items.support import groups
from storage.models import Feedback, History
from storage.vocabulary import Action, Audience, Kind, Publication, Status

TOLD = (Status.DONE, Status.RESOLVED, Status.EXISTS, Status.NOT_PLANNED)
"""The statuses that are announced; read praise is quoted, too, if its author allows it."""


def unsaid(session: Session, community_id: int, since: datetime) -> list[tuple[Feedback, str]]:
    """Public items decided since an instant and not announced, each with the reason given, oldest first.

    Includes praise that was read and may be quoted.
    """
    recent = sa_select(col(History.feedback_id)).where(col(History.action) == Action.STATUS, col(History.at) >= since)
    query = select(Feedback).where(col(Feedback.id).in_(recent), Feedback.community_id == community_id)
    found = [item for item in session.exec(query) if is_untold(item)]
    return [(item, _reason(session, item)) for item in sorted(found, key=lambda one: (one.changed_at, one.id))]


def say(session: Session, which: Collection[int]) -> list[Feedback]:
    """Lock items and store that their outcomes are announced; return those for which this is allowed and new."""
    said = [item for item in groups.lock(session, which) if is_untold(item)]
    for item in said:
        item.said = item.status
        session.add(item)
    session.flush()
    return said


def is_untold(item: Feedback) -> bool:
    """Whether an item's outcome may be announced and was not yet."""
    public = item.audience is Audience.EVERYONE and item.publication is Publication.SHOWN and item.text
    if not public or item.said is item.status:
        return False
    if item.kind is Kind.PRAISE:
        return item.quotable and item.status is Status.READ
    return item.status in TOLD


def _reason(session: Session, item: Feedback) -> str:
    given = select(History).where(History.feedback_id == item.id, History.action == Action.STATUS)
    last = max(session.exec(given), key=lambda entry: (entry.at, entry.id), default=None)
    return last.note if last is not None else ""
