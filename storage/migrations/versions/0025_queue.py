"""Find what has a status, or is a team's, in the queue's order."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

DECIDED = (
    "status <> 'received' AND status <> 'withdrawn' AND audience <> 'trusted' AND publication <> 'removed'"
    " AND text <> ''"
)
TEAM = "team IS NOT NULL"
ORDER = (sa.text("urgency DESC"), sa.text("support DESC"), "created_at", "id")


def upgrade() -> None:
    for name, where, first in (
        ("ix_feedback_status", DECIDED, ("community_id", "status")),
        ("ix_feedback_team", TEAM, ("community_id", "team", "status")),

    ):
        condition = sa.text(where)
        op.create_index(name, "feedback", [*first, *ORDER], sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
