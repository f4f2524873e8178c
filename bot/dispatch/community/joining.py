"""The invitations by which people take part in a community: derived from the key, for many, for a week."""

import base64
from datetime import date, timedelta
from hmac import compare_digest

from sqlmodel import Session

from storage.engine.keys import Keys
from storage.models import Community
from storage.people import communities

LENGTH = 10
"""Base32 characters of an invitation: 50 bits."""
DAYS = 7
"""Days on which an invitation is valid, the first included."""
JOIN = "join"
"""The command that takes an invitation; with it and an underscore a link brings one."""


def invitation(keys: Keys, community: Community, today: date) -> str:
    """The invitation of a day; the same for whoever asks for one on that day."""
    mark = keys.fingerprint(f"join:{community.key}:{today.isoformat()}")
    return base64.b32encode(bytes.fromhex(mark)).decode()[:LENGTH]


def last_day(today: date) -> date:
    """The last day on which an invitation of a day is valid."""
    return today + timedelta(days=DAYS - 1)


def inviting(session: Session, keys: Keys, code: str, today: date) -> Community | None:
    """The community an invitation is for; None when it is not valid."""
    said = code.strip().upper().encode()
    days = [today - timedelta(days=age) for age in range(DAYS)]
    return next(
        (
            community
            for community in communities.every(session)
            for day in days
            if compare_digest(said, invitation(keys, community, day).encode())
        ),
        None,
    )
