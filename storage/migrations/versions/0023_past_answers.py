"""Store the questions of imported chats with what answered them, until a moderator has decided on them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WAITING = sa.text("text <> ''")
OLD = sa.text("question <> '' OR text <> ''")


def upgrade() -> None:
    op.create_table(
        "past_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("community_id", "mark"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_past_answer_waiting",
        "past_answer",
        ["community_id", "weight", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_past_answer_old", "past_answer", ["imported_at"], sqlite_where=OLD, postgresql_where=OLD)


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
