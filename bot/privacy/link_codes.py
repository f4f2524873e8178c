"""The codes by which a person joins an account to theirs: derived from the key, for ten minutes, each used once."""

import base64
from datetime import datetime, timedelta
from hmac import compare_digest

from sqlmodel import Session

from storage.engine.keys import Keys
from storage.models import Member

LENGTH = 10
"""Base32 characters of a code after the number: 50 bits."""
MINUTES = 10
"""How many minutes a code is valid, the one in which it was made included."""
MOST_DIGITS = 9


def code(keys: Keys, member: Member, now: datetime) -> str:
    """A person's code of this minute, such as `12-ABCDEFGHIJ`."""
    # The count of used codes is part of the input, so that a used code is not valid again.
    made = keys.fingerprint(f"link:{member.id}:{member.codes}:{now:%Y-%m-%dT%H:%M}")
    return f"{member.id}-{base64.b32encode(bytes.fromhex(made)).decode()[:LENGTH]}"


def whose(session: Session, keys: Keys, said: str, now: datetime) -> Member | None:
    """The person whose code this is; None when it is not valid."""
    wanted = said.strip().upper()
    number, _, _ = wanted.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        return None
    member = session.get(Member, int(number), populate_existing=True)
    minutes = (now - timedelta(minutes=ago) for ago in range(MINUTES))
    valid = [code(keys, member, one) for one in minutes] if member else []
    return member if any(compare_digest(wanted.encode(), one.encode()) for one in valid) else None


def invalidate(session: Session, member: Member) -> None:
    """Invalidate a person's codes, as when others have read one."""
    member.codes += 1
    session.add(member)
