"""Store which question an answer is proposed to, and answers that a source proposes, each of them once."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

HELD = "id, community_id, member_id, mark, question, text, language, proposed_at"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
    else:
        op.alter_column("proposal", "member_id", nullable=True)
        op.add_column("proposal", sa.Column("origin", sa.String(), nullable=False, server_default=""))
        op.add_column("proposal", sa.Column("weight", sa.Integer(), nullable=False, server_default="0"))
        op.add_column("proposal", sa.Column("question_id", sa.Integer(), nullable=True))
        op.create_foreign_key(None, "proposal", "question", ["question_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_proposal_question_id", "proposal", ["question_id"])
    op.create_table(
        "proposal_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("community_id", "mark"),
    )


def _make_anew() -> None:
    """The table anew, since SQLite lets no column become empty; the ids of rows that are gone are not used again."""
    op.rename_table("proposal", "proposal_before")
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False, server_default=""),
        sa.Column("weight", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"]),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO proposal ({HELD}) SELECT {HELD} FROM proposal_before")  # noqa: S608 - names of columns
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'proposal'")
    op.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'proposal', seq FROM sqlite_sequence"
        " WHERE name = 'proposal_before'"
    )
    op.drop_table("proposal_before")
    op.create_index("ix_proposal_listed", "proposal", ["community_id", "proposed_at"])
    op.create_index("ix_proposal_member_id", "proposal", ["member_id"])
    op.create_index("ix_proposal_proposed_at", "proposal", ["proposed_at"])


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
