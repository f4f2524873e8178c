"""Rows for the store's tests, with only what a test cares about said out loud."""

import hashlib
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table
from sqlmodel import Session, SQLModel, select

from storage.items import feedback
from storage.models import Button, Community, Feedback, Member
from storage.people import communities, members
from storage.vocabulary import Audience, Kind

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = (NOON - 3 * DAY, NOON + 4 * DAY)


def community(session: Session, key: str = "plaza") -> Community:
    return communities.ensure(session, key, key.title(), "en", "Europe/Paris", NOON)


def person(session: Session, name: str = "Camille", platform: str = "bare") -> Member:
    return members.resolve(session, platform, f"{name}-account", name, date(2026, 3, 4))


def item(session: Session, where: Community, author: Member | None = None, **what: Any) -> Feedback:
    """File an item; nameless when it carries a mark."""
    at = what.get("created_at", NOON)
    given = {
        "kind": Kind.SUGGESTION,
        "audience": Audience.EVERYONE,
        "nameless": bool(what.get("author_hash")),
        "language": "en",
        "text": "Longer opening hours",
        "author_id": author.id if author else None,
        "created_at": at,
        "changed_at": at,
        **what,
    }
    return feedback.add(session, Feedback(community_id=where.id, **given))


def button(session: Session, holder: str | None = None, at: datetime = NOON, command: str = "edit") -> str:
    """Store a button as earlier versions did, with the mark of the one person who may press it; returns its token."""
    token = secrets.token_urlsafe(12)
    held = mark(holder, token) if holder else None
    session.add(Button(token=token, command=command, args={"number": "1"}, holder=held, created_at=at))
    session.flush()
    return token


def mark(holder: str, token: str) -> str:
    """Whose a button is, as nobody can tell from it."""
    return hashlib.sha256(f"{holder} {token}".encode()).hexdigest()


def dump(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database, by table."""
    return {table.name: _rows(session, table) for table in SQLModel.metadata.sorted_tables}


def _rows(session: Session, table: Table) -> list[tuple[Any, ...]]:
    session.flush()
    return [tuple(row) for row in session.connection().execute(select(table))]  # type: ignore[call-overload]
