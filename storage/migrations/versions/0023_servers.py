"""Store in which server a place is."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("place", sa.Column("server", sa.String(), nullable=False, server_default=""))
