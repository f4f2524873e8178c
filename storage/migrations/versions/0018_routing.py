"""Store the place, team and answer time of each area, and the issues that are known."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

RUNNING = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.add_column("place", sa.Column("team", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("answer_days", sa.Integer(), nullable=True),
        sa.Column("at_once", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"]),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("community_id", "area"),
    )
    op.create_index("ix_route_place_id", "route", ["place_id"])
    op.create_table(
        "incident",
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"]),
        sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"]),
        sa.ForeignKeyConstraint(["opened_by"], ["member.id"]),
        sa.PrimaryKeyConstraint("feedback_id"),
    )
    op.create_index("ix_incident_opened_by", "incident", ["opened_by"])
    op.create_index(
        "ix_incident_running", "incident", ["community_id"], sqlite_where=RUNNING, postgresql_where=RUNNING
    )


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
