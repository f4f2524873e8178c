"""Declares each column of a table as personal or neutral, so that erasure and retention follow from the schema."""

from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import Column
from sqlalchemy import Enum as SAEnum
from sqlmodel import Field, SQLModel

from storage.values import frozen

PRIVACY = "privacy"
NEVER_AGAIN = {"sqlite_autoincrement": True}
"""Table option: ids are never reused. SQLite otherwise reuses the highest id after its row was deleted, so that what
still refers to the old row would find a new one."""


class Erase(StrEnum):
    """What the erasure of a person does with a personal column."""

    BLANK = "blank"
    """Replace the value by NULL or an empty one; the row stays, so that counts do not change."""
    ROW = "row"
    """Delete the whole row."""
    KEEP = "keep"
    """Leave the value, which does not identify the person; only retention deletes it."""


@frozen
class Personal:
    """The declaration of a column with personal data: its meaning, what erasure does, whether it names the owner."""

    what: str
    erase: Erase
    owner: bool = False


@frozen
class Neutral:
    """The declaration of a column without personal data."""


class TableRow(SQLModel):
    """The base of the tables' classes.

    Building Pydantic's validators and serialisers is deferred until their first use, which never comes: saves 50 ms at
    each start.
    """

    model_config = {"defer_build": True}


def personal(what: str, erase: Erase = Erase.BLANK, **field: Any) -> Any:
    """Declare a column that holds personal data.

    Args:
        what: what it says about the person, in words fit for `/privacy`.
        erase: what erasure does to it.
        field: passed to `sqlmodel.Field`.
    """
    return _declare(Personal(what, erase), field)


def owner(what: str, erase: Erase = Erase.BLANK, **field: Any) -> Any:
    """Declare the foreign key, with an index, to the member a row is about; arguments as for `personal`."""
    return _declare(Personal(what, erase, owner=True), {"foreign_key": "member.id", "index": True, **field})


def neutral(**field: Any) -> Any:
    """Declare a column without personal data; arguments are passed to `sqlmodel.Field`."""
    return _declare(Neutral(), field)


def choice(values: type[Enum]) -> SAEnum:
    """A column type that stores an enum by its value as a string of up to 24 characters, on both databases."""
    words = [item.value for item in values]
    return SAEnum(values, native_enum=False, length=24, validate_strings=True, values_callable=lambda _: words)


def declaration(column: Column[Any]) -> Personal | Neutral | None:
    """A column's declaration, or None when it has none."""
    found = column.info.get(PRIVACY)
    return found if isinstance(found, Personal | Neutral) else None


def _declare(mark: Personal | Neutral, field: dict[str, Any]) -> Any:
    return Field(sa_column_kwargs={"info": {PRIVACY: mark}}, **field)
