"""Store who may be sent other members' questions, which of these may be sent, and to whom they were."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("readiness", sa.Column("questions", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("question", sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"]),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("question_id", "member_id"),
        sqlite_autoincrement=True,
    )
    for column in ("member_id", "answer_id", "sent_at"):
        op.create_index(f"ix_referral_{column}", "referral", [column])


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
