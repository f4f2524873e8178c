"""The setup codes that assign a chat to a community: derived from the key, valid once, for two days."""

import base64
from datetime import date, timedelta
from hmac import compare_digest

from sqlmodel import Session

from storage.engine.keys import Keys
from storage.models import Community
from storage.people import communities

LENGTH = 10
"""Base32 characters of a code: 50 bits."""


def invite(keys: Keys, community: Community, staff: bool, today: date) -> str:
    """The setup code for the community's next place.

    Args:
        staff: whether it is for the staff place, where digests are posted.
        today: the day from which it is valid.
    """
    # The count of used codes is part of the input, so that a used code is not valid again.
    used = community.staff_codes if staff else community.place_codes
    mark = keys.fingerprint(f"setup:{community.key}:{staff}:{used}:{today.isoformat()}")
    return base64.b32encode(bytes.fromhex(mark)).decode()[:LENGTH]


def invited(session: Session, keys: Keys, code: str, today: date) -> tuple[Community, bool] | None:
    """The community a code is for, and whether for its staff place; None when the code is not valid."""
    said = code.strip().upper().encode()
    for community in communities.every(session):
        for staff in (False, True):
            for day in (today, today - timedelta(days=1)):
                if compare_digest(said, invite(keys, community, staff, day).encode()):
                    return community, staff
    return None
