"""Stores the supporters and followers of items, each person once, and counts support, also that before an edit."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select, update

from storage.engine.unique import insert_once
from storage.items import voices
from storage.models import Feedback, Follow, Support

MOMENT = timedelta(microseconds=1)


def toggle(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Add a person's support of an item, or remove it with what they said of it, and update the item's count.

    Returns:
        Whether the person supports it now.
    """
    change = _toggle(session, Support(feedback_id=item.id, member_id=member_id, at=now))
    _add_to_total(session, item, change)
    if change < 0:
        voices.drop_of(session, item.id, member_id)
    return change >= 0


def toggle_follow(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Add a person as a follower of an item, or remove them.

    Returns:
        Whether the person follows it now.
    """
    return _toggle(session, Follow(feedback_id=item.id, member_id=member_id, at=now)) >= 0


def supports(session: Session, item: Feedback, member_id: int | None) -> bool:
    """Whether a person supports an item."""
    return member_id is not None and _has(session, Support, item, member_id)


def follows(session: Session, item: Feedback, member_id: int | None) -> bool:
    """Whether a person follows an item."""
    return member_id is not None and _has(session, Follow, item, member_id)


def renew(session: Session, item: Feedback, member_id: int, now: datetime) -> bool:
    """Let a person's support count from now on, as for an item that was edited; False when they do not support it."""
    theirs = (col(Support.feedback_id) == item.id, col(Support.member_id) == member_id)
    # A nameless item is edited at the end of a day.
    at = max(now, item.edited_at + MOMENT) if item.edited_at else now
    return bool(session.exec(update(Support).where(*theirs).values(at=at)).rowcount)


def leave(session: Session, item: Feedback, member_id: int) -> bool:
    """Remove a person as a supporter and a follower of an item, and update its count; False when they were neither."""
    supported, followed = (
        session.exec(delete(table).where(col(table.feedback_id) == item.id, col(table.member_id) == member_id)).rowcount
        for table in (Support, Follow)
    )
    voices.drop_of(session, item.id, member_id)
    _add_to_total(session, item, -supported)
    return bool(supported or followed)


def forget_follower(session: Session, item: Feedback, member_id: int) -> None:
    """Remove a person as a follower of an item, as of their own nameless one: the row would reveal its author."""
    session.exec(delete(Follow).where(col(Follow.feedback_id) == item.id, col(Follow.member_id) == member_id))


def total(session: Session, item: Feedback) -> int:
    """An item's support as stored now: that before an import, plus one for each supporter."""
    return session.exec(select(Feedback.support).where(Feedback.id == item.id)).one()


def earlier(session: Session, items: Iterable[Feedback]) -> dict[int, int]:
    """How much of the support of items that were edited is from before, by item id; other items are left out."""
    edited = {item.id: item.base_support for item in items if item.edited_at}
    if not edited:
        return {}
    query = select(Support.feedback_id, func.count()).join(Feedback, col(Feedback.id) == col(Support.feedback_id))
    before = query.where(col(Support.feedback_id).in_(edited), col(Support.at) <= col(Feedback.edited_at))
    counts = dict(session.exec(before.group_by(col(Support.feedback_id))).all())
    return {own: base + counts.get(own, 0) for own, base in edited.items()}


def others(session: Session, item: Feedback) -> dict[int, bool]:
    """The member ids of an item's supporters and followers, without its author: whether each supports it."""
    supporters = session.exec(select(col(Support.member_id)).where(Support.feedback_id == item.id))
    followers = session.exec(select(col(Follow.member_id)).where(Follow.feedback_id == item.id))
    found = dict.fromkeys(followers, False) | dict.fromkeys(supporters, True)
    return {own: supports for own, supports in found.items() if own is not None and own != item.author_id}


def concerned(session: Session, item: Feedback) -> list[int]:
    """The member ids of those to tell about a change: the named author, supporters and followers, each once."""
    return sorted({*others(session, item), *([] if item.author_id is None else [item.author_id])})


def _add_to_total(session: Session, item: Feedback, change: int) -> None:
    total = col(Feedback.support) + change
    session.exec(update(Feedback).where(col(Feedback.id) == item.id).values(support=total))


def _has(session: Session, table: type[Support | Follow], item: Feedback, member_id: int) -> bool:
    same = (col(table.feedback_id) == item.id, col(table.member_id) == member_id)
    return session.exec(select(table.id).where(*same)).first() is not None


def _toggle(session: Session, row: Support | Follow) -> int:
    """Delete the row if it exists, else insert it.

    Returns:
        The change of the number of rows; 0 when a concurrent transaction inserted the same one.
    """
    table = type(row)
    same = (col(table.feedback_id) == row.feedback_id, col(table.member_id) == row.member_id)
    if session.exec(delete(table).where(*same)).rowcount:
        return -1
    return 1 if insert_once(session, row) else 0
