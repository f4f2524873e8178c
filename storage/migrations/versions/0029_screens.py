"""Store the messages that show how an item stands, so that they are edited when it changes."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shown_revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"]),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", "feedback_id"),
    )
    op.create_index("ix_screen_created_at", "screen", ["created_at"])
    op.create_index("ix_screen_feedback_id", "screen", ["feedback_id"])
    op.create_index("ix_screen_message", "screen", ["message"])
    op.create_index("ix_screen_member_id", "screen", ["member_id"])
    due = sa.text("revision <> shown_revision")
    op.create_index("ix_screen_due", "screen", ["next_at"], sqlite_where=due, postgresql_where=due)
    change = "UPDATE screen SET revision = revision + 1 WHERE feedback_id = NEW.id"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION feedback_screens() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {change};"
            " RETURN NULL; END $$"
        )
        op.execute(
            "CREATE TRIGGER feedback_screens AFTER UPDATE ON feedback FOR EACH ROW EXECUTE FUNCTION feedback_screens()"
        )
    else:
        op.execute(f"CREATE TRIGGER feedback_update_screens AFTER UPDATE ON feedback BEGIN {change}; END")


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
