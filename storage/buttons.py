"""What buttons do, behind short opaque ids that still work after a restart."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from storage.models import Button


def register(session: Session, command: str, args: Mapping[str, str], holder_id: int | None, now: datetime) -> str:
    """Store what a button does and give its opaque id.

    Args:
        holder_id: the one person who may press it; None for whoever the command's policy admits.
    """
    token = secrets.token_urlsafe(12)
    session.add(Button(token=token, command=command, args=dict(args), holder_id=holder_id, created_at=now))
    return token


def find(session: Session, token: str) -> Button | None:
    """What a button does."""
    return session.get(Button, token)
