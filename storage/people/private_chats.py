"""Stores private chats of a platform that gives bots no list of them, to fetch messages missed while offline."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.engine.unique import insert
from storage.models import PrivateChat


def note(session: Session, platform: str, holder: str, sealed: bytes, now: datetime) -> None:
    """Store a person's private chat, or update the day of its last message (upsert).

    Args:
        holder: the keyed mark of the person; the unique key.
        sealed: the chat's address, sealed.
    """
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    row = {"platform": platform, "holder": holder, "sealed": sealed, "heard_at": day}
    query = insert(session, PrivateChat).values(row)
    later = query.on_conflict_do_update(
        index_elements=["holder"], set_={"heard_at": day}, where=col(PrivateChat.heard_at) < day
    )
    session.connection().execute(later)


def recent(session: Session, platform: str, most: int) -> list[bytes]:
    """The sealed addresses of the `most` private chats used last, by day of the last message, then by first use.

    Only the day of a message is stored: of more than `most` chats on one day, the ones first used earliest are left
    out.
    """
    query = select(PrivateChat.sealed).where(PrivateChat.platform == platform)
    return list(session.exec(query.order_by(col(PrivateChat.heard_at).desc(), col(PrivateChat.id).desc()).limit(most)))
