"""Remember what marks need of the keys before the present one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("installation", sa.Column("former", sa.LargeBinary(), nullable=True))
