"""Publishes feedback that is held, takes feedback from view and puts it back; with the history of both."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.items import feedback
from storage.models import Feedback, History
from storage.vocabulary import Action, Publication, Status


def change(
    session: Session,
    item: Feedback,
    to: Publication,
    action: Action,
    actor_id: int | None,
    now: datetime,
    reason: str = "",
) -> History:
    """Change whether an item is shown to its audience, and record it with the reason; return the history entry."""
    before, item.publication, item.changed_at = item.publication, to, now
    session.add(item)
    return feedback.record(session, item, action, actor_id, before=before, after=to, note=reason, at=now)


def last_entry(session: Session, item: Feedback) -> int:
    """The id of the last entry of an item's history."""
    return session.exec(select(func.max(History.id)).where(History.feedback_id == item.id)).one() or 0


def removal(session: Session, item: Feedback) -> History | None:
    """The history entry of an item's last removal from view; None when there was none."""
    return _last(session, item, Action.REMOVED)


def appeal(session: Session, item: Feedback) -> History | None:
    """The author's appeal against an item's last removal from view; None when there is none."""
    removed, appealed = _last(session, item, Action.REMOVED), _last(session, item, Action.APPEALED, Publication.REMOVED)
    return appealed if removed and appealed and appealed.id > removed.id else None


def record_appeal(session: Session, item: Feedback, text: str, now: datetime) -> History:
    """Record the author's appeal against a removal, apart from one against a block, which has no publication."""
    return feedback.record(
        session, item, Action.APPEALED, item.author_id, before=Publication.REMOVED, note=text, at=now
    )


def shown_count(session: Session, community_id: int, member_id: int, most: int) -> int:
    """How many of a person's named items are in view, neither held, removed nor withdrawn; counted up to `most`."""
    found = (
        sa_select(col(Feedback.id))
        .where(col(Feedback.author_id) == member_id, col(Feedback.community_id) == community_id)
        .where(col(Feedback.publication) == Publication.SHOWN, col(Feedback.status) != Status.WITHDRAWN)
        .limit(most)
        .subquery()
    )
    return int(session.execute(sa_select(func.count()).select_from(found)).scalar_one())


def _last(session: Session, item: Feedback, action: Action, before: Publication | None = None) -> History | None:
    entries = select(History).where(History.feedback_id == item.id, History.action == action)
    if before is not None:
        entries = entries.where(History.before == str(before))
    return session.exec(entries.order_by(col(History.id).desc())).first()
