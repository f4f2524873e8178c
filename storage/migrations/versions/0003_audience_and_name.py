"""Part the audience of feedback from its author's name; let items be held, removed and edited, and people be blocked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IN_VIEW = "audience <> 'trusted' AND publication <> 'removed' AND text <> ''"
WAITS = f"status = 'received' AND {IN_VIEW}"
SHOWN = "closed_at IS NULL AND kind <> 'praise' AND audience = 'everyone' AND publication = 'shown' AND text <> ''"
ORDER = [sa.text("support DESC"), "created_at", "id"]


def upgrade() -> None:
    _columns()
    _values()
    _indexes()
    op.add_column("place", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_place_left_at", "place", ["left_at"])
    _blocks()
    _questions()
    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _columns() -> None:
    added = (
        sa.Column("audience", sa.String(24), nullable=False, server_default="everyone"),
        sa.Column("nameless", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("publication", sa.String(24), nullable=False, server_default="shown"),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
    )
    for column in added:
        op.add_column("feedback", column)


def _values() -> None:
    """`named` and `nameless` were for everyone, `team` had a name."""
    op.execute("UPDATE feedback SET audience = 'team' WHERE visibility = 'team'")
    op.execute("UPDATE feedback SET nameless = TRUE WHERE visibility = 'nameless'")
    was = "CASE {} WHEN 'named' THEN 'everyone, named' WHEN 'nameless' THEN 'everyone, nameless' ELSE 'team, named' END"
    op.execute(
        f"UPDATE history SET before = {was.format('before')}, after = {was.format('after')} WHERE action = 'visibility'"
    )


def _indexes() -> None:
    for name in ("waiting", "waiting_since", "thanks", "top"):
        op.drop_index(f"ix_feedback_{name}", "feedback")
    op.drop_column("feedback", "visibility")
    _partial("ix_feedback_waiting", ["community_id", *ORDER], f"{WAITS} AND kind <> 'praise'")
    _partial("ix_feedback_waiting_since", ["community_id", "created_at"], f"{WAITS} AND kind <> 'praise'")
    _partial("ix_feedback_thanks", ["community_id", *ORDER], f"{WAITS} AND kind = 'praise'")
    _partial("ix_feedback_top", ["community_id", "support", "id"], SHOWN)
    op.drop_index("ix_feedback_closed", "feedback")
    personal = "text <> '' OR author_id IS NOT NULL OR author_hash IS NOT NULL OR link IS NOT NULL"
    _partial("ix_feedback_closed", ["closed_at"], f"closed_at IS NOT NULL AND ({personal})")
    _partial("ix_feedback_held", ["community_id", *ORDER], "publication = 'held'")


def _blocks() -> None:
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("community_id", sa.Integer(), sa.ForeignKey("community.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("appealed", sa.Boolean(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("community_id", "number", "mark"),
    )
    op.create_index("ix_block_mark", "block", ["community_id", "mark"])
    op.create_index("ix_block_until", "block", ["until"])


def _questions() -> None:
    op.add_column("question", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.add_column("question", sa.Column("holder", sa.String(), nullable=True))
    op.drop_index("ix_question_old", "question")
    to_empty = "asker_id IS NOT NULL OR text <> '' OR plain <> '' OR sealed IS NOT NULL OR holder IS NOT NULL"
    _partial("ix_question_old", ["asked_at"], to_empty, table="question")
    _partial("ix_question_holder", ["holder"], "holder IS NOT NULL", table="question")


def _partial(name: str, columns: list[str | sa.TextClause], where: str, table: str = "feedback") -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
