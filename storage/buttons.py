"""What buttons do, behind short opaque ids that still work after a restart."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from zlib import crc32

from sqlalchemy import Insert
from sqlalchemy import insert as sa_insert
from sqlmodel import Session, col, delete, select

from storage.engine.unique import table_of
from storage.models import Button

Mark = Callable[[str], str]
Draft = dict[str, Any]
PAGE = 500
"""Ids named in one statement."""
SHELVES, OWN_SHELVES = 2**16, 2**12
"""All shelves, and how many of them a person's buttons are spread over.

Every shelf is that of one person in sixteen: erasure reads a sixteenth of the buttons and tries their marks. Two of one
person's buttons hardly ever lie on one shelf, and where two lie they may as well be two people's.
"""


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
    holder, shelf = (mark(token), _shelf(mark, _hashed(mark(now.isoformat())))) if mark else (None, None)
    about = {"command": command, "community_id": community_id, "args": dict(args)}
    return {"token": token, **about, "holder": holder, "shelf": shelf, "created_at": now}


def keep(session: Session, drafts: Sequence[Draft]) -> None:
    """Store buttons, all in one statement: most messages carry several."""
    if drafts:
        session.connection().execute(_insert(), drafts)


def find(session: Session, token: str) -> Button | None:
    """What a button does."""
    return session.get(Button, token)


def shelves(mark: Mark) -> list[int]:
    """The shelves on which a person's buttons lie, among those of very many others.

    Args:
        mark: makes the keyed marks of that person, as for `register`.
    """
    return sorted({_shelf(mark, number) for number in range(OWN_SHELVES)})


def on_shelves(session: Session, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """The buttons on some shelves by id, each with the mark of the one person who may press it."""
    query = select(Button.token, Button.holder).where(col(Button.shelf).in_(numbers), col(Button.shelf).is_not(None))
    return [(token, holder or "") for token, holder in session.exec(query)]


def unshelved(session: Session, after: str = "", most: int = 5000) -> list[tuple[str, str]]:
    """The same for buttons made before there were shelves: a page of them by id. `retention.buttons` ends them."""
    query = select(Button.token, Button.holder).where(Button.token > after, col(Button.holder).is_not(None))
    rows = session.exec(query.where(col(Button.shelf).is_(None)).order_by(Button.token).limit(most))
    return [(token, holder or "") for token, holder in rows]


def drop(session: Session, tokens: Sequence[str]) -> None:
    """Forget buttons."""
    for start in range(0, len(tokens), PAGE):
        session.exec(delete(Button).where(col(Button.token).in_(tokens[start : start + PAGE])))


def _shelf(mark: Mark, number: int) -> int:
    """One of a person's shelves, which nobody without the key can tell to be theirs."""
    return _hashed(mark(f"shelf {number % OWN_SHELVES}")) % SHELVES


def _hashed(mark: str) -> int:
    return crc32(mark.encode())


@cache
def _insert() -> Insert:
    return sa_insert(table_of(Button))
