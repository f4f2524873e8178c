"""What is kept about people, from the tables' own declarations."""

from sqlalchemy import Table

from bot.docs.tables import rows
from bot.settings.config import Retention
from storage import prompts
from storage.engine.columns import Erase
from storage.erasure import ITEM, personal_columns
from storage.retention import KEPT, RULES

GONE = {Erase.BLANK: "the value is emptied", Erase.ROW: "the row is deleted"}


OTHERWISE = {
    "digest.payload": "what quotes this person is taken out",
    "button.holder": "the row is deleted",
    "inbox.payload": "emptied already, once the message was handled",
    "member.language": "the row is deleted",
    "member.community_id": "the row is deleted",
}
"""What happens where a column is not tied to one person, or its whole table is."""


def table() -> str:
    """Every personal column: what it tells, where it is, how long, what erasing its person does to it."""
    body = [
        (
            mark.what.capitalize(),
            f"`{table.name}.{column.name}`",
            kept(table),
            OTHERWISE.get(f"{table.name}.{column.name}", GONE[mark.erase]),
        )
        for table, column, mark in personal_columns()
    ]
    return rows(("What", "Where", "Kept", "When its person is erased"), body)


def kept(table: Table) -> str:
    """How long a table's personal columns are kept, by the settings' defaults."""
    ruled = list(dict.fromkeys(rule.setting for rule in RULES if rule.table is table))
    if not ruled and table.name not in KEPT and ITEM in table.c:
        ruled = ["feedback"]
    return "; ".join(map(_days, ruled)) or "until erased"


def _days(name: str) -> str:
    """How long a rule lets things be, and the setting that says so."""
    if name == "prompts":
        return f"{prompts.PATIENCE.days} day"
    days = getattr(Retention(), name)
    setting = f"`retention.{name}`"
    return f"{days} days ({setting})" if days else f"until erased, or by {setting}"
