"""Store how urgent items are, who takes care of them until when, and whether their area is a guess."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WAITS = "status = 'received' AND audience <> 'trusted' AND publication <> 'removed' AND text <> ''"
QUEUES = {
    "ix_feedback_waiting": f"{WAITS} AND kind <> 'praise'",
    "ix_feedback_thanks": f"{WAITS} AND kind = 'praise'",
    "ix_feedback_held": "publication = 'held'",
}
"""By index, the condition of what it finds in the order of the queue."""
PERSONAL = (
    "text <> '' OR author_id IS NOT NULL OR author_hash IS NOT NULL OR link IS NOT NULL OR source IS NOT NULL"
    " OR owner_id IS NOT NULL"
)
ORDER = ("community_id", "urgency DESC", "support DESC", "created_at", "id")


def upgrade() -> None:
    op.add_column("feedback", sa.Column("area_guessed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("feedback", sa.Column("urgency", sa.Integer(), nullable=False, server_default="0"))
    # Alembic adds no reference to a table of SQLite without copying the table, which would lose its triggers.
    op.execute("ALTER TABLE feedback ADD COLUMN owner_id INTEGER REFERENCES member (id)")
    op.add_column("feedback", sa.Column("team", sa.String(), nullable=True))
    op.add_column("feedback", sa.Column("due_on", sa.Date(), nullable=True))
    op.create_index("ix_feedback_owner_id", "feedback", ["owner_id"])
    for name, which in QUEUES.items():
        _replace_index(name, ORDER, which)
    _replace_index("ix_feedback_closed", ("closed_at",), f"closed_at IS NOT NULL AND ({PERSONAL})")


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")


def _replace_index(name: str, columns: tuple[str, ...], which: str) -> None:
    keys = [sa.text(column) if " " in column else column for column in columns]
    op.drop_index(name, "feedback")
    op.create_index(name, "feedback", keys, sqlite_where=sa.text(which), postgresql_where=sa.text(which))
