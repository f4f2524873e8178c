"""Keep how many people were told, and how long answers took; let digests read an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

RECENT = "ix_feedback_recent"
COLUMNS = (
    *("community_id", "created_at", "kind", "area", "status", "audience", "publication"),
    *("author_id", "author_hash", "joined_to", "base_support"),
)


def upgrade() -> None:
    op.drop_index(RECENT, "feedback")
    op.create_index(RECENT, "feedback", list(COLUMNS))
    op.create_table(
        "told_month",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"]),
        sa.PrimaryKeyConstraint("community_id", "month"),
    )
    op.create_table(
        "answer_time",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"]),
        sa.PrimaryKeyConstraint("question_id"),
    )
    op.create_index("ix_answer_time_at", "answer_time", ["community_id", "at"])
    op.add_column("community", sa.Column("counted_since", sa.Date(), nullable=True))
    # Of the present month, some deliveries may have gone uncounted: the next one is the first that is known whole.
    next_month = {
        "sqlite": "date('now', 'start of month', '+1 month')",
        "postgresql": "(date_trunc('month', now()) + interval '1 month')::date",
    }
    op.execute(f"UPDATE community SET counted_since = {next_month[op.get_bind().dialect.name]}")
