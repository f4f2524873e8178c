"""Files many imported items at once: what `feedback.add` does one by one, in a few statements."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Insert, String, cast, delete, insert, literal
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select, update

from storage.engine import unique
from storage.models import Community, Feedback, History, Identity, Member
from storage.vocabulary import Action, Kind, Status, Visibility

CACHE_KIB = 64 * 1024
"""Pages SQLite may keep while it imports: every row goes to a place of its own in most indexes."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of feedback to file.

    Attributes:
        author: the account that wrote it, which is a name too; empty for none.
        support: counted elsewhere before.
        source: the row it came from: the same one files nothing twice.
        at: when it was said, aware, UTC.
    """

    kind: Kind
    text: str
    area: str | None
    visibility: Visibility
    language: str
    author: str
    support: int
    source: str
    at: datetime


class Tally:
    """Counts equal marks in a temporary file: the memory stays small however long an import is."""

    def __init__(self) -> None:
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute("CREATE TABLE seen (mark TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID")

    def close(self) -> None:
        """Let the temporary file go."""
        self._seen.close()

    def count(self, mark: str) -> int:
        """How often this mark has come by now, this time included."""
        query = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"
        return int(self._seen.execute(query, (mark,)).fetchone()[0])


def known_sources(session: Session, sources: Collection[str]) -> set[str]:
    """Those of the imported rows that were filed before."""
    query = select(col(Feedback.source)).where(col(Feedback.source).in_(sources))
    return {source for source in session.exec(query) if source is not None}


def resolve_all(session: Session, platform: str, seen: Mapping[str, date]) -> dict[str, int]:
    """The member of each account, met now if need be.

    Args:
        seen: the accounts, which are names too, with the first day each was seen.
    """
    found = known_members(session, platform, seen)
    unmet = [account for account in seen if account not in found]
    if not unmet:
        return found
    query = insert(Member).returning(col(Member.id), sort_by_parameter_order=True)
    made = session.scalars(query, [{"first_seen": seen[account]} for account in unmet]).all()
    session.connection().execute(
        unique.insert(session, Identity).on_conflict_do_nothing(),
        [
            {"member_id": member, "platform": platform, "external_id": account, "name": account}
            for account, member in zip(unmet, made, strict=True)
        ],
    )
    found |= known_members(session, platform, unmet)
    # Whom another import met this very moment is theirs: the double goes.
    doubles = set(made) - set(found.values())
    if doubles:
        session.execute(delete(Member).where(col(Member.id).in_(doubles)))
    return found


def known_members(session: Session, platform: str, accounts: Collection[str]) -> dict[str, int]:
    """The member of each account that is known."""
    query = select(Identity.external_id, Identity.member_id).where(
        Identity.platform == platform, col(Identity.external_id).in_(accounts)
    )
    return dict(session.exec(query).all())


def file_all(session: Session, community_id: int, platform: str, items: Sequence[Item]) -> int:
    """File items in order: a block of public numbers, and an opened history each, dated as the item.

    Returns:
        How many were filed; one whose row another import files this very moment is left out with its number.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
    last = _take_numbers(session, community_id, len(items))
    numbers = range(last - len(items) + 1, last + 1)
    authors = resolve_all(session, platform, _first_days(items))
    session.connection().execute(
        unique.insert(session, Feedback).on_conflict_do_nothing(index_elements=["source"]),
        [_values(community_id, number, item, authors) for number, item in zip(numbers, items, strict=True)],
    )
    # Asked for: on PostgreSQL an INSERT does not tell how many rows it made otherwise.
    opened = _open_histories(community_id, numbers).execution_options(preserve_rowcount=True)
    return session.connection().execute(opened).rowcount


def _take_numbers(session: Session, community_id: int, how_many: int) -> int:
    """The last of a community's next public numbers."""
    query = (
        update(Community)
        .where(col(Community.id) == community_id)
        .values(last_number=Community.last_number + how_many)
        .returning(col(Community.last_number))
    )
    return int(session.exec(query).scalar_one())


def _values(community_id: int, number: int, item: Item, authors: Mapping[str, int]) -> dict[str, Any]:
    """A row of the table; what is imported has had no decision yet."""
    return {
        "community_id": community_id,
        "number": number,
        "kind": item.kind,
        "area": item.area,
        "status": Status.RECEIVED,
        "visibility": item.visibility,
        "language": item.language,
        "text": item.text,
        "author_id": authors.get(item.author),
        "base_support": item.support,
        "support": item.support,
        "source": item.source,
        "created_at": item.at,
        "changed_at": item.at,
    }


def _open_histories(community_id: int, numbers: range) -> Insert:
    """The first entry of each item's history, made by the database from the items themselves."""
    filed = sa_select(
        col(Feedback.id),
        col(Feedback.created_at),
        literal(Action.FILED.value),
        col(Feedback.author_id),
        cast(col(Feedback.status), String),
        literal(""),
    ).where(col(Feedback.community_id) == community_id, col(Feedback.number).between(numbers[0], numbers[-1]))
    columns = ["feedback_id", "at", "action", "actor_id", "after", "note"]
    return insert(History).from_select(columns, filed.order_by(col(Feedback.number)), include_defaults=False)


def _first_days(items: Iterable[Item]) -> dict[str, date]:
    days: dict[str, date] = {}
    for item in items:
        if item.author:
            day = item.at.astimezone(UTC).date()
            days[item.author] = min(day, days.get(item.author, day))
    return days
