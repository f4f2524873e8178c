"""Store which questions that wait are an alert's, and how many of its items are questions."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alert", sa.Column("questions", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "alert_question",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"]),
        sa.PrimaryKeyConstraint("question_id"),
    )
    op.create_index("ix_alert_question_alert_id", "alert_question", ["alert_id"])


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
