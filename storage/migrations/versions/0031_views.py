"""Store how the cards are drawn again that people have open, so that those stay true after a restart, too."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("screen", sa.Column("holder", sa.String(), nullable=True))
    op.add_column("screen", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.create_index("ix_screen_holder", "screen", ["holder"])


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")
