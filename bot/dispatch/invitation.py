"""The code that makes a chat a community's place: made from the key, good once and for two days."""

import base64
from datetime import date, timedelta
from hmac import compare_digest

from sqlmodel import Session

from storage import communities
from storage.engine.keys import Keys
from storage.models import Community

LENGTH = 10
"""Characters of base32: fifty bits, of which a guess has one chance in a quadrillion."""


def invite(keys: Keys, community: Community, staff: bool, today: date) -> str:
    """The code for the community's next place.

    Args:
        staff: whether it makes the place where digests go.
    """
    # How many were used is in the code, so that it no longer fits once it was.
    used = community.staff_codes if staff else community.place_codes
    mark = keys.fingerprint(f"setup:{community.key}:{staff}:{used}:{today.isoformat()}")
    return base64.b32encode(bytes.fromhex(mark)).decode()[:LENGTH]


def invited(session: Session, keys: Keys, code: str, today: date) -> tuple[Community, bool] | None:
    """The community a code is for, and whether for its staff place; None when it fits nothing, or no longer."""
    said = code.strip().upper().encode()
    for community in communities.every(session):
        for staff in (False, True):
            for day in (today, today - timedelta(days=1)):
                if compare_digest(said, invite(keys, community, staff, day).encode()):
                    return community, staff
    return None
