"""Alembic's entry: runs migrations on the connection it is handed."""

from alembic import context
from sqlmodel import SQLModel

from storage import addresses, models

TABLES = (models, addresses)
"""Imported so that their tables are known."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
