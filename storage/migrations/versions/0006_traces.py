"""Let an erasure find what others' drafts and messages show of a person, and empty the source of what is blank."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FEEDBACK = "text <> '' OR author_id IS NOT NULL OR author_hash IS NOT NULL OR link IS NOT NULL OR source IS NOT NULL"
QUESTION = (
    "asker_id IS NOT NULL OR text <> '' OR plain <> '' OR sealed IS NOT NULL OR holder IS NOT NULL "
    "OR source IS NOT NULL"
)
SHOWN = ("prompt_id", "outbox_id", "shown_feedback_id", "shown_question_id", "mark")


def upgrade() -> None:
    _traces()
    op.execute("UPDATE feedback SET source = NULL WHERE text = '' AND author_id IS NULL AND author_hash IS NULL")
    op.execute("UPDATE question SET source = NULL WHERE text = '' AND asker_id IS NULL AND holder IS NULL")
    _renew("ix_feedback_closed", "feedback", "closed_at", f"closed_at IS NOT NULL AND ({FEEDBACK})")
    _renew("ix_question_old", "question", "asked_at", QUESTION)


def _traces() -> None:
    op.create_table(
        "trace",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("prompt_id", sa.Integer(), sa.ForeignKey("prompt.id", ondelete="CASCADE"), nullable=True),
        sa.Column("outbox_id", sa.Integer(), sa.ForeignKey("outbox.id", ondelete="CASCADE"), nullable=True),
        sa.Column("shown_feedback_id", sa.Integer(), sa.ForeignKey("feedback.id"), nullable=True),
        sa.Column("shown_question_id", sa.Integer(), sa.ForeignKey("question.id"), nullable=True),
        sa.Column("mark", sa.String(), nullable=True),
    )
    for column in SHOWN:
        op.create_index(f"ix_trace_{column}", "trace", [column])


def _renew(name: str, table: str, column: str, where: str) -> None:
    op.drop_index(name, table)
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
