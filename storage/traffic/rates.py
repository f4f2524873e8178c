"""Counts calls towards rate limits for all processes that share the database."""

import json
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.engine.keys import Keys
from storage.engine.unique import insert_once
from storage.models import Rate

DAY = timedelta(days=1)


def count(session: Session, keys: Keys, holder: str, name: str, most: int, seconds: float, now: datetime) -> float:
    """Count a call, unless the limit is reached within the sliding window of the last `seconds`.

    Args:
        keys: to seal the stored times of calls.
        holder: the keyed mark of the person.
        name: the rate limit.
        most: the most calls within the window.
        seconds: the length of the window.

    Returns:
        0 when it was counted, else the seconds until a call is allowed again.
    """
    until = (now + timedelta(seconds=seconds) + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    insert_once(session, Rate(holder=holder, name=name, sealed=_seal(keys, []), until=until))
    mine = select(Rate).where(col(Rate.holder) == holder, col(Rate.name) == name)
    # Locked, so that of two concurrent calls the second counts the first.
    row = session.exec(mine.with_for_update()).one()
    start = now.timestamp() - seconds
    calls = [call for call in json.loads(keys.unseal(row.sealed)) if call > start]
    if len(calls) >= most:
        return float(calls[0] - start)
    row.sealed, row.until = _seal(keys, [*calls, now.timestamp()]), until
    return 0.0


def _seal(keys: Keys, calls: list[float]) -> bytes:
    return keys.seal(json.dumps(calls).encode())
