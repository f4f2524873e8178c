"""The private chats people wrote in, on a platform that tells no bot which it has: to look there after an absence."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.engine.unique import insert
from storage.models import PrivateChat


def note(session: Session, platform: str, holder: str, sealed: bytes, now: datetime) -> None:
    """Keep where somebody writes privately, and that they did today.

    Args:
        holder: the keyed mark of whose it is; there is one to each.
        sealed: the chat, sealed.
    """
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    row = {"platform": platform, "holder": holder, "sealed": sealed, "heard_at": day}
    query = insert(session, PrivateChat).values(row)
    later = query.on_conflict_do_update(
        index_elements=["holder"], set_={"heard_at": day}, where=col(PrivateChat.heard_at) < day
    )
    session.connection().execute(later)


def recent(session: Session, platform: str, most: int) -> list[bytes]:
    """The chats somebody wrote in of late, sealed: those of the newest days, and of one day the newest chats.

    When in a day they wrote is not kept, and so of more chats in one day than are asked for some are left out.
    """
    query = select(PrivateChat.sealed).where(PrivateChat.platform == platform)
    return list(session.exec(query.order_by(col(PrivateChat.heard_at).desc(), col(PrivateChat.id).desc()).limit(most)))
