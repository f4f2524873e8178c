"""Store the cards of items, which of them are joined, their supporters' sentences, and their vectors."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SHOWN = "closed_at IS NULL AND kind <> 'praise' AND audience = 'everyone' AND publication = 'shown' AND text <> ''"
DONE = (
    "closed_at IS NOT NULL AND status IN ('done', 'resolved') AND audience = 'everyone' AND publication = 'shown'"
    " AND text <> ''"
)
CHANGES = {"feedback": ("UPDATE", "id"), "voice": ("INSERT OR DELETE", "feedback_id"), "attachment": ("INSERT OR DELETE", "feedback_id")}
"""By table, the changes that a card may show, and the column with the item's id."""


def upgrade() -> None:
    op.add_column("place", sa.Column("ideas_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("place", sa.Column("trouble", sa.String(), nullable=False, server_default=""))
    op.add_column("feedback", sa.Column("joined_to", sa.Integer(), nullable=True))
    op.add_column("feedback", sa.Column("carded", sa.Boolean(), nullable=False, server_default=sa.false()))
    _index("ix_feedback_cardless", "feedback", ["community_id", "changed_at"], f"{SHOWN} AND carded IS FALSE")
    _index("ix_feedback_done", "feedback", ["community_id", "closed_at"], DONE)
    _index("ix_feedback_joined", "feedback", ["joined_to"], "joined_to IS NOT NULL")
    _create_card()
    _create_voice()
    op.create_table(
        "item_vector",
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feedback_id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _create_triggers_on_postgresql()
    else:
        _create_triggers_on_sqlite()


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")


def _create_card() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shown_revision", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"]),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("feedback_id", "place_id"),
    )
    op.create_index("ix_card_place_id", "card", ["place_id"])
    _index("ix_card_due", "card", ["next_at"], "revision <> shown_revision")


def _create_voice() -> None:
    op.create_table(
        "voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"]),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("feedback_id", "member_id"),
    )
    op.create_index("ix_voice_feedback_id", "voice", ["feedback_id"])
    op.create_index("ix_voice_member_id", "voice", ["member_id"])


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _create_triggers_on_sqlite() -> None:
    for table, (changes, item) in CHANGES.items():
        for change in changes.split(" OR "):
            row = "OLD" if change == "DELETE" else "NEW"
            op.execute(
                f"CREATE TRIGGER {table}_{change.lower()}_cards AFTER {change} ON {table} BEGIN"
                f" UPDATE card SET revision = revision + 1 WHERE feedback_id = {row}.{item}; END"
            )


def _create_triggers_on_postgresql() -> None:
    for table, (changes, item) in CHANGES.items():
        row = "NEW" if changes == "UPDATE" else "coalesce(NEW, OLD)"
        op.execute(
            f"CREATE FUNCTION {table}_cards() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" UPDATE card SET revision = revision + 1 WHERE feedback_id = ({row}).{item}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_cards AFTER {changes} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_cards()"
        )
