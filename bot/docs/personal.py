"""What is kept about people, from the tables' own declarations."""

from bot.docs.tables import rows
from storage.columns import Erase
from storage.erasure import personal_columns

GONE = {Erase.BLANK: "the value is emptied", Erase.ROW: "the row is deleted"}


OTHERWISE = {
    "digest.payload": "what quotes this person is taken out",
    "button.holder": "stays: made with the button's own id, it leads to nobody without the erased account",
    "inbox.payload": "emptied already, once the message was handled",
    "member.language": "the row is deleted",
}
"""What happens where a column is not tied to one person, or its whole table is."""


def table() -> str:
    """Every personal column: what it tells, where it is, what erasing its person does to it."""
    body = [
        (
            mark.what.capitalize(),
            f"`{table.name}.{column.name}`",
            OTHERWISE.get(f"{table.name}.{column.name}", GONE[mark.erase]),
        )
        for table, column, mark in personal_columns()
    ]
    return rows(("What", "Where", "When its person is erased"), body)
