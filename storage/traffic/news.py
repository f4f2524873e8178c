"""Holds news for a person back in the outbox, and releases or gathers what is due, each row once.

News of what somebody wrote without a name goes to its sealed address and is never held: what one person wrote must not
be brought together.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select, update

from storage.conditions import said
from storage.engine.listing import at_most
from storage.engine.prepared import prepared
from storage.items.desk.decisions import UNSENT
from storage.models import Member, Outbox, Trace
from storage.traffic import outbox
from storage.vocabulary import Delivery

GATHERED = "gathered:"
"""How the unique keys of messages begin that gather news."""
WITHDRAWN = "withdrawn:"
"""How those of the news begin that something was withdrawn."""
OVERDUE = "overdue:"
"""How those of the news begin that an item is past its answer time."""
JOINED, FOLLOWED, SEPARATED = "joined:", "followed:", "separated:"
"""How those begin that something was joined, told its author and its supporters, and that it was separated again."""
KINDS = ("status:", "edited:", JOINED, FOLLOWED, SEPARATED, WITHDRAWN, OVERDUE, GATHERED)
"""How the unique keys of news begin; all else is conversation."""
DAY = timedelta(days=1)
PAGE = 500
"""People in one statement at most."""


def choice(session: Session, member_id: int) -> str:
    """How often a person wants news, a value of `News`; empty for what is usual."""
    rows = _choice.rows(session, {"member_id": member_id})
    return rows[0][0] if rows else ""


@prepared()
def _choice(_: str) -> Select[str]:
    return sa_select(col(Member.news)).where(col(Member.id) == bindparam("member_id"))


def choices(session: Session, member_ids: Sequence[int]) -> dict[int, str]:
    """By member id, what `choice` returns; unknown members are left out."""
    found: dict[int, str] = {}
    for start in range(0, len(member_ids), PAGE):
        page = col(Member.id).in_(member_ids[start : start + PAGE])
        found |= dict(session.exec(select(Member.id, Member.news).where(page)).all())
    return found


def choose(session: Session, member_id: int, often: str) -> None:
    """Store how often a person wants news."""
    session.exec(update(Member).where(col(Member.id) == member_id).values(news=often))


def due(session: Session, now: datetime, most: int = PAGE) -> list[int]:
    """The member ids of those for whom held news is due, at most so many."""
    return [own for (own,) in _people_due.rows(session, {"now": now, "most": most})]


@prepared()
def _people_due(_: str) -> Select[int | None]:
    whose = sa_select(col(Outbox.recipient_id)).where(*_due(bindparam("now")), col(Outbox.recipient_id).is_not(None))
    return whose.distinct().limit(at_most("most"))


def claim(session: Session, member_id: int, now: datetime) -> list[Outbox]:
    """The held news that is due for a person, locked until the transaction ends, the oldest first.

    None when another process has just claimed it, since the person is locked first.
    """
    mine = sa_select(col(Member.id)).where(col(Member.id) == member_id).with_for_update(skip_locked=True)
    if session.execute(mine).first() is None:
        return []
    query = select(Outbox).where(*_due(now), col(Outbox.recipient_id) == member_id).order_by(col(Outbox.id))
    return list(session.exec(query.with_for_update().execution_options(populate_existing=True)))


def last_told(session: Session, member_id: int, since: datetime) -> datetime | None:
    """When news was last sent, or is about to be, to a person since an instant; None for none."""
    told = func.max(func.coalesce(col(Outbox.sent_at), col(Outbox.next_at)))
    theirs = (col(Outbox.recipient_id) == member_id, or_(*(col(Outbox.dedupe_key).like(f"{kind}%") for kind in KINDS)))
    states = (Delivery.WAITING, Delivery.SENT, Delivery.UNKNOWN)
    found: datetime | None = session.execute(sa_select(told).where(*theirs, col(Outbox.state).in_(states))).scalar()
    return found if found is not None and found > since else None


def postpone(session: Session, rows: Collection[Outbox], until: datetime) -> None:
    """Hold news until another instant."""
    for row in rows:
        row.next_at = until
    session.add_all(rows)


def release(session: Session, row: Outbox, now: datetime) -> None:
    """Let one piece of news be delivered as it is."""
    outbox.resend(session, [row], now)


def gather(session: Session, rows: Sequence[Outbox], payload: dict[str, Any], now: datetime) -> Outbox | None:
    """Put one message in the place of several, which count as sent with it; None when that was done before."""
    first = rows[0]
    made = outbox.owe(session, f"{GATHERED}{first.id}", payload, now, recipient_id=first.recipient_id)
    for row in rows:
        row.state, row.sent_at, row.payload = Delivery.SENT, now, None
    session.add_all(rows)
    return made


def bring_together(session: Session, feedback_ids: Collection[int], now: datetime) -> None:
    """Hold the news of several items that does not go yet to the same person until it would, to be gathered then."""
    about = (col(Outbox.feedback_id).in_(feedback_ids), col(Outbox.recipient_id).is_not(None), _is_news())
    waits = (col(Outbox.state) == Delivery.WAITING, Outbox.attempts == 0, col(Outbox.next_at) > now)
    found = session.exec(select(Outbox).where(*about, *waits)).all()
    several = Counter(recipient for recipient, _ in {(row.recipient_id, row.feedback_id) for row in found})
    for row in found:
        if several[row.recipient_id] > 1:
            row.state = Delivery.HELD
    session.flush()


def unseen(session: Session, member_id: int) -> set[int]:
    """The ids of the items of which news is held for a person."""
    return {own for (own,) in _unseen.rows(session, {"member_id": member_id})}


@prepared()
def _unseen(_: str) -> Select[int | None]:
    held = (col(Outbox.recipient_id) == bindparam("member_id"), col(Outbox.state) == Delivery.HELD)
    return sa_select(col(Outbox.feedback_id)).where(*held, col(Outbox.feedback_id).is_not(None))


def held(session: Session, member_id: int) -> list[Outbox]:
    """All news that is held for a person, locked until the transaction ends."""
    query = select(Outbox).where(Outbox.recipient_id == member_id, Outbox.state == Delivery.HELD)
    return list(session.exec(query.order_by(col(Outbox.id)).with_for_update()))


def see(session: Session, member_id: int, feedback_ids: Collection[int]) -> None:
    """Delete the news that is only to be seen, once somebody has seen it."""
    theirs = (col(Outbox.recipient_id) == member_id, col(Outbox.feedback_id).in_(feedback_ids))
    session.exec(delete(Outbox).where(*theirs, col(Outbox.state) == Delivery.HELD, col(Outbox.next_at) == UNSENT))


def silence(session: Session, feedback_ids: Collection[int], member_id: int | None) -> None:
    """Delete the news of items that waits for a person, or (None) for the sealed addresses."""
    whose = col(Outbox.recipient_id) == member_id if member_id else col(Outbox.recipient_id).is_(None)
    news = (col(Outbox.feedback_id).in_(feedback_ids), col(Outbox.place_id).is_(None), _is_news())
    waits = col(Outbox.state).in_((Delivery.HELD, Delivery.WAITING))
    session.exec(delete(Outbox).where(*news, whose, waits))


def scatter(session: Session, feedback_id: int, member_id: int) -> None:
    """Delete the gathered messages to a person, not sent yet, that list an item which is to be nobody's."""
    showing = sa_select(col(Trace.outbox_id)).where(col(Trace.shown_feedback_id) == feedback_id)
    mine = (col(Outbox.recipient_id) == member_id, col(Outbox.dedupe_key).like(f"{GATHERED}%"))
    session.exec(delete(Outbox).where(*mine, col(Outbox.id).in_(showing), col(Outbox.state) != Delivery.SENT))


def _is_news() -> Any:
    return or_(*(col(Outbox.dedupe_key).like(f"{kind}%") for kind in KINDS))


def _due(now: datetime | BindParameter[datetime]) -> tuple[Any, ...]:
    return col(Outbox.state) == said(Delivery.HELD), col(Outbox.next_at) <= now
