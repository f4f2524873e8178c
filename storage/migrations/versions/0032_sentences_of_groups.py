"""Renew the card of an item when what is joined to it changes, or a sentence of its supporters: it shows those, too."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ITEM = "NEW.id, NEW.joined_to, OLD.joined_to"
"""The items whose cards may show a changed one: itself, and what it is or was joined to."""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _replace_functions_on_postgresql()
    else:
        _replace_triggers_on_sqlite()


def downgrade() -> None:
    raise NotImplementedError("Portevoix does not downgrade: restore the backup instead.")


def _replace_triggers_on_sqlite() -> None:
    for table, change, items in (
        ("feedback", "UPDATE", ITEM),
        ("voice", "INSERT", _items_of("NEW")),
        ("voice", "DELETE", _items_of("OLD")),
    ):
        name = f"{table}_{change.lower()}_cards"
        op.execute(f"DROP TRIGGER {name}")
        op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} BEGIN {_renew(items)}; END")


def _replace_functions_on_postgresql() -> None:
    for table, items in (("feedback", ITEM), ("voice", _items_of("(coalesce(NEW, OLD))"))):
        op.execute(
            f"CREATE OR REPLACE FUNCTION {table}_cards() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" {_renew(items)}; RETURN NULL; END $$"
        )


def _items_of(row: str) -> str:
    own = f"{row}.feedback_id"
    return f"{own}, (SELECT joined_to FROM feedback WHERE id = {own})"


def _renew(items: str) -> str:
    return f"UPDATE card SET revision = revision + 1 WHERE feedback_id IN ({items})"
