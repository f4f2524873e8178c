"""Stores which items people muted: in their support or follow row, or for authors in the item itself.

So no row links a nameless item to its author.
"""

from collections.abc import Collection

from sqlalchemy import CompoundSelect, bindparam, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, update

from storage.engine.listing import among, listed
from storage.engine.prepared import prepared
from storage.items.support import groups
from storage.models import Feedback, Follow, Support

TABLES = (Support, Follow)


def mute_others(session: Session, item: Feedback, member_id: int, *, muted: bool) -> bool:
    """Mute or unmute an item for a supporter or follower; False when they are neither."""
    own = groups.ids(session, groups.target(session, item).id)
    changed = 0
    for table in TABLES:
        theirs = update(table).where(col(table.feedback_id).in_(own), col(table.member_id) == member_id)
        changed += session.exec(theirs.values(muted=muted)).rowcount
    return changed > 0


def mute_own(session: Session, item: Feedback, *, muted: bool) -> None:
    """Mute or unmute an item for its author."""
    session.exec(update(Feedback).where(col(Feedback.id) == item.id).values(muted=muted))
    session.refresh(item)


def muting(session: Session, item: Feedback) -> set[int]:
    """The member ids of people who muted an item or one joined to it."""
    rows = _muting.rows(session, {"own": listed(groups.ids(session, item.id))})
    return {one for (one,) in rows if one is not None}


def muted_by(session: Session, member_id: int, feedback_ids: Collection[int]) -> set[int]:
    """The items among these that a person muted; their own nameless ones are left out."""
    if not feedback_ids:
        return set()
    return {own for (own,) in _muted_by.rows(session, {"own": listed(feedback_ids), "member_id": member_id})}


# Run with every piece of news: built once, since building a statement takes longer than running it.
@prepared()
def _muting(dialect: str) -> CompoundSelect[int | None]:
    authors = sa_select(col(Feedback.author_id)).where(among(dialect, col(Feedback.id), "own"), col(Feedback.muted))
    others = (
        sa_select(col(table.member_id)).where(among(dialect, col(table.feedback_id), "own"), col(table.muted))
        for table in TABLES
    )
    return union_all(*others, authors)


@prepared()
def _muted_by(dialect: str) -> CompoundSelect[int]:
    own = (col(Feedback.author_id) == bindparam("member_id"), col(Feedback.muted))
    theirs = [
        sa_select(col(table.feedback_id)).where(
            among(dialect, col(table.feedback_id), "own"),
            col(table.member_id) == bindparam("member_id"),
            col(table.muted),
        )
        for table in TABLES
    ]
    return union_all(sa_select(col(Feedback.id)).where(among(dialect, col(Feedback.id), "own"), *own), *theirs)
