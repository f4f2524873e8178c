"""How a table declares its columns: personal or neutral, so that privacy is read from the schema."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import Column
from sqlalchemy import Enum as SAEnum
from sqlmodel import Field

PRIVACY = "privacy"
NEVER_AGAIN = {"sqlite_autoincrement": True}
"""SQLite gives the highest id out again once its row is gone: what still names the old row would find the new one."""


class Erase(StrEnum):
    """What erasing a person does to a column."""

    BLANK = "blank"
    """Empty the value; the row stays for the totals."""
    ROW = "row"
    """Delete the whole row."""


@dataclass(frozen=True, slots=True)
class Personal:
    """A column's declaration: what it says about a person, and what erasure does to it."""

    what: str
    erase: Erase
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Neutral:
    """A column that says nothing about a person."""


def personal(what: str, erase: Erase = Erase.BLANK, **field: Any) -> Any:
    """Declare a column that holds personal data.

    Args:
        what: what it tells about the person, in words fit for `/privacy`.
        erase: what erasure does to it.
        field: passed to `sqlmodel.Field`.
    """
    return _declare(Personal(what, erase), field)


def owner(what: str, erase: Erase = Erase.BLANK, **field: Any) -> Any:
    """Declare the column that ties a row to the member it is about."""
    return _declare(Personal(what, erase, owner=True), {"foreign_key": "member.id", "index": True, **field})


def neutral(**field: Any) -> Any:
    """Declare a column that holds nothing personal."""
    return _declare(Neutral(), field)


def choice(values: type[Enum]) -> SAEnum:
    """Store an enum by its value in a plain string column, the same on both databases."""
    words = [item.value for item in values]
    return SAEnum(values, native_enum=False, length=24, validate_strings=True, values_callable=lambda _: words)


def declaration(column: Column[Any]) -> Personal | Neutral | None:
    """What the column was declared as, or None when it was not."""
    found = column.info.get(PRIVACY)
    return found if isinstance(found, Personal | Neutral) else None


def _declare(mark: Personal | Neutral, field: dict[str, Any]) -> Any:
    return Field(sa_column_kwargs={"info": {PRIVACY: mark}}, **field)
