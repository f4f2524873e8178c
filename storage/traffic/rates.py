"""Counts calls towards rate limits for all processes that share the database."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.engine.unique import insert_once
from storage.models import Rate


def count(session: Session, holder: str, name: str, most: int, seconds: float, now: datetime) -> float:
    """Count a call, unless the limit is reached within the sliding window.

    Args:
        holder: the keyed mark of the person.
        name: the rate limit.
        most: the most calls within the window.
        seconds: the length of the window.

    Returns:
        0 when it was counted, else the seconds until a call is possible again.
    """
    until = now + timedelta(seconds=seconds)
    insert_once(session, Rate(holder=holder, name=name, calls=[], until=until))
    mine = select(Rate).where(col(Rate.holder) == holder, col(Rate.name) == name)
    # Locked, so that of two calls at once the second counts the first.
    row = session.exec(mine.with_for_update()).one()
    start = now.timestamp() - seconds
    calls = [call for call in row.calls if call > start]
    if len(calls) >= most:
        return calls[0] - start
    row.calls, row.until = [*calls, now.timestamp()], until
    return 0.0
