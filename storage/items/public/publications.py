"""Publishes feedback that is held, takes feedback from view and puts it back; with the history of both."""

from datetime import datetime

from sqlalchemy import Select, bindparam, func, literal_column
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.engine.loading import change as store
from storage.engine.loading import loaded
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
    before = item.publication
    store(session, item, publication=to, changed_at=now)
    return feedback.record(session, item, action, actor_id, before=before, after=to, note=reason, at=now)


def last_entry(session: Session, item: Feedback) -> int:
    """The number of an item's history entries, by which a later one is noticed; a nameless one's ids may be drawn."""
    return session.exec(select(func.count()).select_from(History).where(History.feedback_id == item.id)).one()


def removal(session: Session, item: Feedback) -> History | None:
    """The history entry of an item's last removal from view; None when there was none."""
    return _last(session, item, Action.REMOVED)


def appeal(session: Session, item: Feedback) -> History | None:
    """The author's appeal against an item's last removal from view; None when there is none."""
    removed = _last(session, item, Action.REMOVED)
    if removed is None:
        return None
    entries = select(History).where(History.feedback_id == item.id, History.action == Action.APPEALED)
    # Earlier versions did not store which removal an appeal is against.
    later = col(History.after).is_(None) & (col(History.id) > removed.id)
    about = (col(History.after) == str(removed.id)) | (later & (col(History.before) == Publication.REMOVED.value))
    return session.exec(entries.where(about)).first()


def record_appeal(session: Session, item: Feedback, text: str, now: datetime) -> History:
    """Record the author's appeal against a removal, apart from one against a block, which has no publication."""
    removed = _last(session, item, Action.REMOVED)
    return feedback.record(
        session,
        item,
        Action.APPEALED,
        item.author_id,
        before=Publication.REMOVED,
        after=str(removed.id) if removed else None,
        note=text,
        at=now,
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


def _last(session: Session, item: Feedback, action: Action) -> History | None:
    """The last entry of a moderator's action; those of an author's are not in the order of their ids."""
    return _newest.first(session, {"feedback_id": item.id, "action": action})


@loaded(History)
def _newest(_: str) -> Select[History]:
    of_item = (col(History.feedback_id) == bindparam("feedback_id"), col(History.action) == bindparam("action"))
    return sa_select(History).where(*of_item).order_by(col(History.id).desc()).limit(literal_column("1"))
