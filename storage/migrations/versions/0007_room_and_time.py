"""Tell how much room files take, and keep the last instant the clock was trusted and whether the disk was nearly full."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LEAST = 16_384
"""Bytes a file counts for at least."""


def upgrade() -> None:
    op.add_column("attachment", sa.Column("community_id", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("attachment", sa.Column("size", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE attachment SET "
        f"size = CASE WHEN length(content) < {LEAST} THEN {LEAST} ELSE length(content) END, "
        "community_id = (SELECT community_id FROM feedback WHERE feedback.id = attachment.feedback_id)"
    )
    op.create_index("ix_attachment_item", "attachment", ["feedback_id", "size"])
    op.create_index("ix_attachment_room", "attachment", ["community_id", "size"])
    op.add_column("installation", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("installation", sa.Column("low_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
