"""Find the open items for the team only by their date, without going through all of a community's."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    which = sa.text(
        "closed_at IS NULL AND kind <> 'praise' AND audience = 'team' AND publication <> 'removed' AND text <> ''"
    )
    columns = ["community_id", "created_at"]
    op.create_index("ix_feedback_of_team", "feedback", columns, sqlite_where=which, postgresql_where=which)


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
