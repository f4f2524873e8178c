"""Generates the table of personal data, from the declarations of the database's columns."""

from sqlalchemy import Table

from bot.docs.tables import rows
from bot.settings.config import Retention
from storage.engine.columns import Erase
from storage.engine.unique import table_of
from storage.models import Departure
from storage.privacy import departures
from storage.privacy.erasure import ITEM, personal_columns
from storage.privacy.retention import KEPT, RULES
from storage.traffic import prompts

ERASURE = {Erase.BLANK: "the value is emptied", Erase.ROW: "the row is deleted", Erase.KEEP: "kept until it ends"}


EXCEPTIONS = {
    "digest.payload": "what quotes this person is taken out",
    "button.holder": "none is made any more; one of an earlier version, with no words in it, goes by its age",
    "departure.sealed": "this carries an erasure out",
    "inbox.payload": "emptied already, once the message was handled",
    "member.language": "the row is deleted",
    "member.community_id": "the row is deleted",
}
"""By column, what an erasure does where it differs from `ERASURE`."""


def table() -> str:
    """A table of every personal column: its content, its name, its retention, and what an erasure does to it."""
    body = [
        (
            mark.what.capitalize(),
            f"`{table.name}.{column.name}`",
            kept(table),
            EXCEPTIONS.get(f"{table.name}.{column.name}", ERASURE[mark.erase]),
        )
        for table, column, mark in personal_columns()
    ]
    return rows(("What", "Where", "Kept", "When its person is erased"), body)


def kept(table: Table) -> str:
    """The retention of a table's personal columns, by the settings' defaults, in words."""
    if table is table_of(Departure):
        return f"{departures.SPAN.days} days"
    ruled = list(dict.fromkeys(rule.setting for rule in RULES if rule.table is table))
    if not ruled and table.name not in KEPT and ITEM in table.c:
        ruled = ["feedback"]
    return "; ".join(map(_days, ruled)) or "until erased"


def _days(name: str) -> str:
    """The days of a retention rule, with the setting that changes them, in words."""
    if name == "prompts":
        return f"{prompts.PATIENCE.days} day"
    if name == "blocks":
        return "until it ends: at most 30 days from the last time"
    if name == "rates":
        return "until it counts no more, and a day at most after that"
    days = getattr(Retention(), name)
    setting = f"`retention.{name}`"
    return f"{days} days ({setting})" if days else f"until erased, or by {setting}"
