"""Alembic's environment script: runs the migrations on the connection given in its configuration."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

from storage import models
from storage.items import addresses

TABLES = (models, addresses)
"""Imported so that their tables are in the metadata."""
DESCENDING = {"ix_feedback_waiting", "ix_feedback_thanks", "ix_feedback_held", "ix_feedback_status", "ix_feedback_team"}
"""Indexes with a descending column, which SQLite does not report: they are compared on PostgreSQL only."""

connection = context.config.attributes["connection"]


def compared(_item: Any, name: str | None, kind: str, *_: Any) -> bool:
    """Whether a table, column or index takes part in the comparison of code and database."""
    return not (kind == "index" and name in DESCENDING and connection.dialect.name == "sqlite")


context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    include_object=compared,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
