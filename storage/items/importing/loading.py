"""Bulk import: files many items, as `feedback.add` does for one, in a few statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Insert, delete, insert, literal
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.engine import unique
from storage.models import Feedback, History, Identity, Member
from storage.people import communities
from storage.values import frozen
from storage.vocabulary import CLOSED, Action, Audience, Kind, Publication, Status

CACHE_KIB = 64 * 1024
"""KiB of SQLite's page cache during an import: each row changes a different page of most indexes."""
LOG_PAGES = 16_000
"""Pages of SQLite's log (64 MB) between checkpoints, so that pages changed by every batch are copied only once."""


@frozen
class Item:
    """An item to import.

    Attributes:
        author: its author's account, also used as the display name; empty for none.
        support: the support it had where it came from.
        source: the keyed mark of the imported row; a unique key, so that no row is filed twice.
        at: when it was written, aware, UTC.
        status: the status it had where it came from; if that is a decision, made at `decided_at` for `reason`.
    """

    kind: Kind
    text: str
    area: str | None
    audience: Audience
    nameless: bool
    language: str
    author: str
    support: int
    source: str
    at: datetime
    status: Status = Status.RECEIVED
    decided_at: datetime | None = None
    reason: str = ""


class Tally:
    """Counts equal keyed marks in a temporary file, since long imports would fill the memory."""

    def __init__(self) -> None:
        import sqlite3  # noqa: PLC0415 - a second SQLite beside the encrypted one, which only imports need

        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("PRAGMA journal_mode = OFF")
        self._seen.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._seen.execute("CREATE TABLE seen (mark TEXT PRIMARY KEY, times INTEGER) WITHOUT ROWID")
        # A single transaction: the counts are of no use after the process has ended.
        self._seen.execute("BEGIN")

    def close(self) -> None:
        """Close and delete the temporary file."""
        self._seen.close()

    def count(self, mark: str) -> int:
        """Count a mark; return how often it was counted, this time included."""
        query = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"
        return int(self._seen.execute(query, (mark,)).fetchone()[0])


def resolve_all(session: Session, platform: str, seen: Mapping[str, date]) -> dict[str, int]:
    """The member id of each account; members are created for unknown ones.

    Args:
        seen: by account, the first day it was seen; the account is also used as the display name.
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
    # A concurrent import created the same account first: the member created here is deleted.
    doubles = set(made) - set(found.values())
    if doubles:
        session.execute(delete(Member).where(col(Member.id).in_(doubles)))
    return found


def known_members(session: Session, platform: str, accounts: Collection[str]) -> dict[str, int]:
    """The member id of each account that is known."""
    query = select(Identity.external_id, Identity.member_id).where(
        Identity.platform == platform, col(Identity.external_id).in_(accounts)
    )
    return dict(session.exec(query).all())


def file_all(session: Session, community_id: int, platform: str, items: Sequence[Item]) -> int:
    """Insert items in order, with consecutive public numbers and their first history entries, dated as the items.

    Returns:
        How many were filed. A row that a concurrent import files first is skipped, and its number stays unused.
    """
    if session.get_bind().dialect.name == "sqlite":
        for setting in (f"cache_size = -{CACHE_KIB}", f"wal_autocheckpoint = {LOG_PAGES}"):
            session.connection().exec_driver_sql(f"PRAGMA {setting}").close()
    numbers = communities.take_numbers(session, community_id, len(items))
    authors = resolve_all(session, platform, first_days(items))
    session.connection().execute(
        unique.insert(session, Feedback).on_conflict_do_nothing(index_elements=["source"]),
        [_values(community_id, number, item, authors) for number, item in zip(numbers, items, strict=True)],
    )
    # Required on PostgreSQL, where the row count of an INSERT is otherwise not available.
    opened = _open_histories(community_id, numbers).execution_options(preserve_rowcount=True)
    filed = session.connection().execute(opened).rowcount
    _tell_decisions(session, community_id, dict(zip(numbers, items, strict=True)))
    return filed


def _values(community_id: int, number: int, item: Item, authors: Mapping[str, int]) -> dict[str, Any]:
    """The values of an item's row."""
    changed_at = item.decided_at or item.at
    return {
        "community_id": community_id,
        "number": number,
        "kind": item.kind,
        "area": item.area,
        "status": item.status,
        "audience": item.audience,
        "nameless": item.nameless,
        "publication": Publication.SHOWN,
        "language": item.language,
        "text": item.text,
        "author_id": authors.get(item.author),
        "base_support": item.support,
        "support": item.support,
        "source": item.source,
        "created_at": item.at,
        "changed_at": changed_at,
        "closed_at": changed_at if item.status in CLOSED else None,
    }


def _open_histories(community_id: int, numbers: range) -> Insert:
    """INSERT ... SELECT of the first history entry of each item with these public numbers."""
    filed = sa_select(
        col(Feedback.id),
        col(Feedback.created_at),
        literal(Action.FILED.value),
        col(Feedback.author_id),
        literal(Status.RECEIVED.value),
        literal(""),
    ).where(col(Feedback.community_id) == community_id, col(Feedback.number).between(numbers[0], numbers[-1]))
    columns = ["feedback_id", "at", "action", "actor_id", "after", "note"]
    return insert(History).from_select(columns, filed.order_by(col(Feedback.number)), include_defaults=False)


def _tell_decisions(session: Session, community_id: int, items: Mapping[int, Item]) -> None:
    """Insert the second history entry of each decided item; nobody is notified."""
    decided = [number for number, item in items.items() if item.status is not Status.RECEIVED]
    if not decided:
        return
    query = select(Feedback.number, Feedback.id, Feedback.changed_at).where(Feedback.community_id == community_id)
    entries = [
        {
            "feedback_id": own,
            "at": at,
            "action": Action.STATUS,
            "before": Status.RECEIVED.value,
            "after": items[number].status.value,
            "note": items[number].reason,
        }
        for number, own, at in session.exec(query.where(col(Feedback.number).in_(decided)))
    ]
    if entries:
        session.connection().execute(unique.table_of(History).insert(), entries)


def first_days(items: Iterable[Item]) -> dict[str, date]:
    """By author, the day of their first item."""
    days: dict[str, date] = {}
    for item in items:
        if item.author:
            day = item.at.astimezone(UTC).date()
            days[item.author] = min(day, days.get(item.author, day))
    return days
