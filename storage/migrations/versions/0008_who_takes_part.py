"""Let those take part who used the bot before: a community is closed now to whom none of its places has seen."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

EVERYBODY = """
    SELECT member.id AS member_id, community.id AS community_id FROM member, community
    WHERE NOT community.closed AND (SELECT count(*) FROM community) = 1
"""
"""The people of an only community, which took everybody in without a note."""
AUTHORS = """
    SELECT author_id AS member_id, community_id FROM feedback
    UNION SELECT asker_id, community_id FROM question
    UNION SELECT support.member_id, feedback.community_id FROM support JOIN feedback ON feedback.id = feedback_id
    UNION SELECT follow.member_id, feedback.community_id FROM follow JOIN feedback ON feedback.id = feedback_id
"""
"""Who left something under their name, and where."""


def upgrade() -> None:
    op.add_column("membership", sa.Column("invited", sa.Boolean(), nullable=False, server_default=sa.false()))
    for people in (EVERYBODY, AUTHORS):
        op.execute(
            "INSERT INTO membership (member_id, community_id, invited) SELECT member_id, community_id, TRUE "  # noqa: S608
            f"FROM ({people}) AS found WHERE member_id IN (SELECT id FROM member) AND NOT EXISTS (SELECT 1 FROM "
            "membership AS m WHERE m.member_id = found.member_id AND m.community_id = found.community_id)"
        )


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
