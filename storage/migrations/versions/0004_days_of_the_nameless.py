"""Keep the day alone of what nameless authors did, and seal anew, with padding, what tells its length or its second.

The numbers and ids of items that were filed before stay, and with them their order.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import context, op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TO_DAY = timedelta(days=1, microseconds=-1)
SEALED = ("sealed_address", "question", "outbox", "private_chat", "departure")
CAUSED = ("trusted:%", "urgent:%", "appeal:%", "contest:%", "edited:%")
"""How the keys of messages begin that a nameless author may have caused."""


def _instants(name: str, *columns: str, others: tuple[str, ...] = ()) -> sa.TableClause:
    times = (sa.column(column, sa.DateTime(timezone=True)) for column in columns)
    return sa.table(name, sa.column("id", sa.Integer()), *times, *map(sa.column, others))


FEEDBACK = _instants(
    "feedback", "created_at", "changed_at", "closed_at", "edited_at", others=("community_id", "status", "nameless")
)
HISTORY = _instants("history", "at", others=("feedback_id", "actor_id"))
QUESTION = _instants("question", "asked_at", others=("community_id", "holder"))
OUTBOX = _instants("outbox", "created_at", "sent_at", others=("feedback_id", "dedupe_key"))


def upgrade() -> None:
    _order_by_time()
    connection = op.get_bind()
    zones = {own: ZoneInfo(zone) for own, zone in connection.execute(sa.text("SELECT id, timezone FROM community"))}
    for own, zone in zones.items():
        _items(connection, own, zone)
        asked = sa.select(QUESTION.c.id, QUESTION.c.asked_at).where(QUESTION.c.holder.is_not(None))
        for row in connection.execute(asked.where(QUESTION.c.community_id == own)).all():
            _store(connection, QUESTION, row.id, asked_at=_day(row.asked_at, zone))
    keys = context.config.attributes.get("keys")
    for name in SEALED if keys else ():
        _seal_anew(connection, name, keys)


def _order_by_time() -> None:
    """What moves most is ordered by time where its support is equal: drawn ids have no order."""
    shown = "closed_at IS NULL AND kind <> 'praise' AND audience = 'everyone' AND publication = 'shown' AND text <> ''"
    op.drop_index("ix_feedback_top", "feedback")
    columns = ["community_id", "support", "created_at", "id"]
    op.create_index(
        "ix_feedback_top", "feedback", columns, sqlite_where=sa.text(shown), postgresql_where=sa.text(shown)
    )


def _items(connection: sa.Connection, community_id: int, zone: ZoneInfo) -> None:
    found = sa.select(FEEDBACK).where(FEEDBACK.c.nameless.is_(True), FEEDBACK.c.community_id == community_id)
    for item in connection.execute(found).all():
        ended = _day(item.closed_at, zone) if item.status == "withdrawn" else item.closed_at
        created, changed = _day(item.created_at, zone), _day(item.changed_at, zone)
        edited = item.edited_at and _day(item.edited_at, zone) + TO_DAY
        _store(
            connection, FEEDBACK, item.id, created_at=created, changed_at=changed, closed_at=ended, edited_at=edited
        )
        own = sa.select(HISTORY).where(HISTORY.c.feedback_id == item.id, HISTORY.c.actor_id.is_(None))
        for entry in connection.execute(own).all():
            _store(connection, HISTORY, entry.id, at=_day(entry.at, zone))
        caused = sa.or_(*(OUTBOX.c.dedupe_key.like(start) for start in CAUSED))
        for sent in connection.execute(sa.select(OUTBOX).where(OUTBOX.c.feedback_id == item.id, caused)).all():
            days = {"created_at": _day(sent.created_at, zone), "sent_at": _day(sent.sent_at, zone)}
            _store(connection, OUTBOX, sent.id, **days)


def _store(connection: sa.Connection, table: sa.TableClause, row_id: int, **values: Any) -> None:
    connection.execute(sa.update(table).where(table.c.id == row_id).values(**values))


def _day(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The first instant of a local day; SQLite tells an instant without its zone, which is UTC."""
    if at is None:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def _seal_anew(connection: sa.Connection, name: str, keys: Any) -> None:
    key = "feedback_id" if name == "sealed_address" else "id"
    rows = connection.execute(sa.text(f"SELECT {key}, sealed FROM {name} WHERE sealed IS NOT NULL")).all()
    for row_id, sealed in rows:
        anew = keys.seal(keys.unseal(bytes(sealed)))
        connection.execute(sa.text(f"UPDATE {name} SET sealed = :sealed WHERE {key} = :id"), {"sealed": anew, "id": row_id})


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
