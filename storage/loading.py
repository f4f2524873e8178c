"""Files many imported items at once: what `feedback.add` does one by one, in a few statements."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, select, update

from storage import feedback, members
from storage.models import Community, Feedback, History, Identity
from storage.vocabulary import Action


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
    query = select(Identity.external_id, Identity.member_id).where(
        Identity.platform == platform, col(Identity.external_id).in_(seen)
    )
    found = dict(session.exec(query).all())
    unmet = {account: day for account, day in seen.items() if account not in found}
    return found | {
        account: members.resolve(session, platform, account, account, day).id for account, day in unmet.items()
    }


def add_all(session: Session, community_id: int, items: Sequence[Feedback]) -> None:
    """File items in order: a block of public numbers, and an opened history each, dated as the item."""
    query = (
        update(Community)
        .where(col(Community.id) == community_id)
        .values(last_number=Community.last_number + len(items))
        .returning(col(Community.last_number))
    )
    first = int(session.exec(query).scalar_one()) - len(items) + 1
    for number, item in enumerate(items, first):
        feedback.prepare(item)
        item.number = number
    session.add_all(items)
    session.flush()
    session.add_all(
        History(
            feedback_id=item.id,
            at=item.created_at,
            action=Action.FILED,
            actor_id=item.author_id,
            after=str(item.status),
        )
        for item in items
    )
    session.flush()
