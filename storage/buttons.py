"""What buttons do, behind short opaque ids that still work after a restart."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from storage.models import Button

Mark = Callable[[str], str]


def register(session: Session, command: str, args: Mapping[str, str], mark: Mark | None, now: datetime) -> str:
    """Store what a button does and give its opaque id.

    Args:
        mark: makes the keyed mark of the one person who may press it from the id; None for whoever the command's
            policy admits.
    """
    token = secrets.token_urlsafe(12)
    holder = mark(token) if mark else None
    session.add(Button(token=token, command=command, args=dict(args), holder=holder, created_at=now))
    return token


def find(session: Session, token: str) -> Button | None:
    """What a button does."""
    return session.get(Button, token)
