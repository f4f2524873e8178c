"""What buttons do, behind short opaque ids that still work after a restart."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Insert
from sqlalchemy import insert as sa_insert
from sqlmodel import Session, col, delete, select

from storage.engine.prepared import prepared
from storage.engine.unique import table_of
from storage.models import Button

Mark = Callable[[str], str]
Draft = dict[str, Any]
PAGE = 500
"""Ids named in one statement."""


def register(session: Session, command: str, args: Mapping[str, str], mark: Mark | None, now: datetime) -> str:
    """Store what a button does and give its opaque id.

    Args:
        mark: makes the keyed mark of the one person who may press it from the id; None for whoever the command's
            policy admits.
    """
    made = draft(command, args, mark, now)
    keep(session, [made])
    return str(made["token"])


def draft(
    command: str, args: Mapping[str, str], mark: Mark | None, now: datetime, community_id: int | None = None
) -> Draft:
    """A button with its opaque id, not stored yet; arguments as for `register`."""
    token = secrets.token_urlsafe(12)
    holder = mark(token) if mark else None
    about = {"command": command, "community_id": community_id, "args": dict(args)}
    return {"token": token, **about, "holder": holder, "created_at": now}


def keep(session: Session, drafts: Sequence[Draft]) -> None:
    """Store buttons, all in one statement: most messages carry several."""
    if drafts:
        _insert.each(session, drafts)


def find(session: Session, token: str) -> Button | None:
    """What a button does."""
    return session.get(Button, token)


def holders(session: Session, after: str = "", most: int = 5000) -> list[tuple[str, str]]:
    """The buttons that one person alone may press, by id, each with the mark of that person: a page of them."""
    query = select(Button.token, Button.holder).where(Button.token > after, col(Button.holder).is_not(None))
    return [(token, holder or "") for token, holder in session.exec(query.order_by(Button.token).limit(most))]


def drop(session: Session, tokens: Sequence[str]) -> None:
    """Forget buttons."""
    for start in range(0, len(tokens), PAGE):
        session.exec(delete(Button).where(col(Button.token).in_(tokens[start : start + PAGE])))


@prepared("token", "command", "community_id", "args", "holder", "created_at")
def _insert(_: str) -> Insert:
    return sa_insert(table_of(Button))
