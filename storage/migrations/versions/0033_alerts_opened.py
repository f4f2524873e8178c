"""Find the alerts of the last months by when they were opened, without going through all there were."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_alert_opened", "alert", ["community_id", "opened_at"])


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
