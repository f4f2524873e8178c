"""Finds everything stored about one person, as the columns declare, to give them a copy of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, CompoundSelect, Select, Table, func, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel, col, select

from storage.engine.unique import table_of
from storage.erasure import HOLDER, ITEM, owners, personal_of
from storage.models import Attachment, Block, Button, Community, Feedback, History, Outbox

Record = dict[str, Any]


class Withheld(StrEnum):
    """Why a column is left out of a person's copy."""

    MARK = "mark"
    """A keyed mark: it leads to nobody without the key, and would tie nameless words together where the copy lies."""
    SEALED = "sealed"
    """An address sealed with the key; it holds the account that the copy shows."""
    INTERNAL = "internal"
    """A number of the database, without meaning outside it."""
    FILE = "file"
    """The content of a file, which comes beside the copy."""
    COPY = "copy"
    """A copy of words that the person's copy has already, or a message that is not handled yet."""


WITHHELD: Mapping[str, Withheld] = {
    "feedback.author_hash": Withheld.MARK,
    "feedback.source": Withheld.MARK,
    "question.holder": Withheld.MARK,
    "question.source": Withheld.MARK,
    "question.plain": Withheld.COPY,
    "prompt.holder": Withheld.MARK,
    "prompt.chat": Withheld.MARK,
    "private_chat.holder": Withheld.MARK,
    "outbox.holder": Withheld.MARK,
    "outbox.dedupe_key": Withheld.INTERNAL,
    "button.holder": Withheld.MARK,
    "block.mark": Withheld.MARK,
    "question.sealed": Withheld.SEALED,
    "private_chat.sealed": Withheld.SEALED,
    "outbox.sealed": Withheld.SEALED,
    "sealed_address.sealed": Withheld.SEALED,
    "attachment.content": Withheld.FILE,
    "digest.payload": Withheld.COPY,
    "inbox.payload": Withheld.COPY,
}
"""Columns that are left out although they are about the person, each with its reason; keys of rows are, too."""
COPIES = frozenset({"digest", "inbox"})
"""Tables of which no row is a person's: digests quote many, and an event is emptied once it is handled."""
MARKED = (table_of(Block),)
"""Tables without a personal column of which a row is about a person all the same, by its keyed mark."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person, and what finds the rows of theirs that do not name them.

    Attributes:
        member_id: their id; 0 when they have none.
        marks: the keyed marks of their nameless items, prompts, answers, private chats and blocks.
        buttons: the tokens of the stored buttons that only they may press.
    """

    member_id: int
    marks: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of an item, without its content; `size` is in bytes."""

    id: int
    community: str
    number: int
    name: str
    media_type: str
    size: int


def belongings(session: Session, person: Person) -> dict[str, list[Record]]:
    """Everything about a person by table, without the columns of `WITHHELD`; columns have their names in the database.

    A row about an item has its number and its community's name instead of keys; a history entry, whether they made it.
    """
    found = {table.name: list(_records(session, table, person)) for table in tables()}
    return {name: records for name, records in found.items() if records}


def tables() -> list[Table]:
    """The tables that have rows of persons."""
    kept = (table for table in SQLModel.metadata.sorted_tables if table.name not in COPIES)
    return [table for table in kept if personal_of(table) or table in MARKED]


def files(session: Session, person: Person) -> list[StoredFile]:
    """The files of a person's items, in the order they came."""
    size = func.length(col(Attachment.content))
    item, named = (col(Attachment.id), col(Community.name), col(Feedback.number)), col(Attachment.name)
    query = (
        sa_select(*item, named, col(Attachment.media_type), size)
        .join(Feedback, col(Feedback.id) == col(Attachment.feedback_id))
        .join(Community, col(Community.id) == col(Feedback.community_id))
        .where(col(Attachment.feedback_id).in_(_items(person)))
        .order_by(col(Attachment.id))
    )
    return [StoredFile(*row) for row in session.execute(query)]


def content(session: Session, file_id: int) -> bytes:
    """The content of a file; empty when it was erased meanwhile."""
    return session.exec(select(Attachment.content).where(Attachment.id == file_id)).first() or b""


def shown(table: Table) -> list["Column[Any]"]:
    """The columns of a table that a copy shows."""
    return [column for column in table.columns if not _is_key(column) and str(column) not in WITHHELD]


def _records(session: Session, table: Table, person: Person) -> Iterator[Record]:
    """The rows of a table that are a person's, each once."""
    keys = [column for column in table.columns if column.primary_key]
    seen = set[tuple[Any, ...]]()
    for whose in _conditions(table, person):
        for row in session.connection().execute(_query(table, person).where(whose).order_by(*keys)).mappings():
            key = tuple(row[f"key {column.name}"] for column in keys)
            if key not in seen:
                seen.add(key)
                yield {name: value for name, value in row.items() if not name.startswith("key ")}


def _query(table: Table, person: Person) -> Select[Any]:
    """Selects the shown columns, and what stands for the keys: the community's name, the item's number."""
    keys = [column.label(f"key {column.name}") for column in table.columns if column.primary_key]
    query = sa_select(*keys, *shown(table))
    community, item = table_of(Community), table_of(Feedback)
    about = table.c.get(ITEM)
    if about is not None:
        query = query.add_columns(item.c.number.label("number")).outerjoin(item, item.c.id == about)
    place = item.c.community_id if about is not None else table.c.get("community_id")
    if place is not None:
        query = query.add_columns(community.c.name.label("community")).outerjoin(community, community.c.id == place)
    if table is table_of(History):
        query = query.add_columns((table.c.actor_id == person.member_id).label("by_you"))
    return query


def _conditions(table: Table, person: Person) -> list[ColumnElement[bool]]:
    """The conditions of a person's rows, each with an index of its own."""
    if table is table_of(Feedback):
        return [table.c.id.in_(_items(person))]
    if table is table_of(Button):
        return [table.c.token.in_(person.buttons)]
    if table.name == "member":
        return [table.c.id == person.member_id]
    found = [column == person.member_id for column in owners(table)]
    found += [table.c[name].in_(person.marks) for name in (HOLDER, "mark") if name in table.c]
    if table is table_of(Outbox):
        nobody = table.c.recipient_id.is_(None) & table.c.place_id.is_(None)
        return [*found, table.c[ITEM].in_(_items(person)) & nobody]
    if ITEM in table.c and (table is table_of(History) or not owners(table)):
        found.append(table.c[ITEM].in_(_items(person)))
    return found


def _items(person: Person) -> CompoundSelect[int]:
    """The ids of a person's items, named and nameless; one query with its own index for each."""
    own = sa_select(col(Feedback.id))
    named = own.where(col(Feedback.author_id) == person.member_id)
    return union_all(named, own.where(col(Feedback.author_hash).in_(person.marks)))


def _is_key(column: "Column[Any]") -> bool:
    """Whether a column only ties rows together."""
    return bool(column.primary_key or column.foreign_keys) or column.name == "community_id"
