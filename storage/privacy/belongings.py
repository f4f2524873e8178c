"""Finds everything stored about one person, as the columns declare, to give them a copy of it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, func, true, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel, col

from storage.engine.unique import table_of
from storage.models import Attachment, Block, Button, Community, Feedback, History, Member, Outbox
from storage.privacy.erasure import HOLDER, ITEM, owners, personal_of
from storage.values import frozen
from storage.vocabulary import Action

Record = dict[str, Any]
OWNED = "owned"
"""Names what a person of the team takes care of, beside the tables."""
PAGE = 500
"""Values in one statement at most."""
KEY, ACTOR = "key ", "key actor"
"""Labels of selected keys, which a record does not show; no column's name has a space."""


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
    "member.former": Withheld.INTERNAL,
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
    "rate.holder": Withheld.MARK,
    "rate.sealed": Withheld.SEALED,
    "block.mark": Withheld.MARK,
    "question.sealed": Withheld.SEALED,
    "private_chat.sealed": Withheld.SEALED,
    "outbox.sealed": Withheld.SEALED,
    "sealed_address.sealed": Withheld.SEALED,
    "departure.sealed": Withheld.SEALED,
    "attachment.content": Withheld.FILE,
    "digest.payload": Withheld.COPY,
    "item_vector.row": Withheld.COPY,
    "theme_item.theme_id": Withheld.COPY,
    "alert_item.alert_id": Withheld.COPY,
    "inbox.payload": Withheld.COPY,
    "trace.mark": Withheld.MARK,
    "screen.holder": Withheld.MARK,
    "screen.sealed": Withheld.SEALED,
    "proposal.mark": Withheld.MARK,
}
"""Columns that are left out although they are about the person, each with its reason; keys of rows are, too."""
COPIES = frozenset({"alert_item", "departure", "digest", "inbox", "item_vector", "theme_item", "trace"})
"""Tables of which no row is a person's: digests quote many, an event is emptied once it is handled, a departure is of
who was erased, a vector and a theme are computed from words that the copy has, a trace belongs to somebody else's
draft or message, and nothing tells whose the words of an imported chat are."""
MARKED = (table_of(Block),)
"""Tables without a personal column of which a row is about a person all the same, by its keyed mark."""


@frozen
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


@frozen
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
    items = _items(session, person)
    found = {table.name: _records(session, table, person, items) for table in tables()}
    found[OWNED] = _owned(session, person)
    return {name: records for name, records in found.items() if records}


def _owned(session: Session, person: Person) -> list[Record]:
    """What a person of the team takes care of, without the words, which are its author's."""
    here = (col(Community.id) == col(Feedback.community_id), col(Feedback.owner_id) == person.member_id)
    query = sa_select(*map(col, (Feedback.number, Community.name, Feedback.kind, Feedback.status, Feedback.due_on)))
    rows = session.execute(query.where(*here)).all()
    return [dict(zip(("number", "community", "kind", "status", "due_on"), row, strict=True)) for row in sorted(rows)]


def tables() -> list[Table]:
    """The tables that have rows of persons."""
    kept = (table for table in SQLModel.metadata.sorted_tables if table.name not in COPIES)
    return [table for table in kept if personal_of(table) or table in MARKED]


def files(session: Session, person: Person) -> list[StoredFile]:
    """The files of a person's items, in the order they came."""
    kept = (col(Attachment.name), col(Attachment.media_type), func.length(col(Attachment.content)))
    query = sa_select(col(Attachment.id), *reversed(_of_item(table_of(Attachment))), *kept)
    found: list[StoredFile] = []
    for whose in _among(table_of(Attachment).c[ITEM], _items(session, person)):
        found += [StoredFile(*row) for row in session.execute(query.where(whose))]
    return sorted(found, key=lambda file: file.id)


def shown(table: Table) -> list["Column[Any]"]:
    """The columns of a table that a copy shows."""
    return [column for column in table.columns if not _is_key(column) and str(column) not in WITHHELD]


def _records(session: Session, table: Table, person: Person, items: Sequence[int]) -> list[Record]:
    """The rows of a table that are a person's, each once, by their keys."""
    query, found, keys = _query(table), dict[tuple[Any, ...], Record](), len(table.primary_key)
    for whose in _conditions(table, person, items):
        # Sorted afterwards: to sort, PostgreSQL would read the whole index of the primary key.
        for row in session.connection().execute(query.where(whose)):
            found[tuple(row[:keys])] = dict(zip(query.selected_columns.keys(), row, strict=True))
    return [_readable(found[key], person) for key in sorted(found)]


def _readable(row: Record, person: Person) -> Record:
    """A row without its keys; a history entry, with whether the person made it."""
    told = {name: value for name, value in row.items() if not name.startswith(KEY)}
    return {**told, "by_you": row[ACTOR] == person.member_id} if ACTOR in row else told


@cache
def _query(table: Table) -> Select[Any]:
    """Selects the keys, the shown columns, and what stands for keys: the community's name, the item's number."""
    keys = (column.label(KEY + column.name) for column in table.columns if column.primary_key)
    query = sa_select(*keys, *shown(table))
    if ITEM in table.c:
        query = query.add_columns(*_of_item(table))
    elif "community_id" in table.c:
        query = query.add_columns(_name(table.c.community_id))
    return query.add_columns(table.c.actor_id.label(ACTOR)) if table is table_of(History) else query


def _of_item(table: Table) -> tuple[ColumnElement[Any], ...]:
    """Of the item that a row is about: its number, and its community's name."""
    item = table_of(Feedback).alias("item")
    mine = item.c.id == table.c[ITEM]
    number = sa_select(item.c.number).where(mine).scalar_subquery()
    place = sa_select(col(Community.name)).where(mine, col(Community.id) == item.c.community_id)
    return number.label("number"), place.correlate(table).scalar_subquery().label("community")


def _name(community_id: Any) -> ColumnElement[Any]:
    named = sa_select(col(Community.name)).where(col(Community.id) == community_id)
    return named.scalar_subquery().label("community")


def _conditions(table: Table, person: Person, items: Sequence[int]) -> list[ColumnElement[bool]]:
    """The conditions of a person's rows, each with an index of its own."""
    if table is table_of(Feedback):
        return _among(table.c.id, items)
    if table is table_of(Button):
        return _among(table.c.token, person.buttons)
    if table is table_of(Member):
        return [table.c.id == person.member_id]
    found = [column == person.member_id for column in owners(table)]
    # What the team noted for itself is in the copy of who wrote it.
    shown_to_author = table.c.action != Action.NOTED if table is table_of(History) else true()
    if HOLDER in table.c:
        found += _among(table.c[HOLDER], person.marks)
    if table is table_of(Block):
        # Its index begins with the community.
        found.append(table.c.community_id.in_(sa_select(col(Community.id))) & table.c.mark.in_(person.marks))
    if table is table_of(Outbox):
        nobody = table.c.recipient_id.is_(None) & table.c.place_id.is_(None)
        found += [whose & nobody for whose in _among(table.c[ITEM], items)]
    elif ITEM in table.c and (table is table_of(History) or not owners(table)):
        found += [whose & shown_to_author for whose in _among(table.c[ITEM], items)]
    return found


def _among(column: "Column[Any]", values: Sequence[Any]) -> list[ColumnElement[bool]]:
    """The conditions that a column has one of these values, one for each page of them."""
    return [column.in_(values[start : start + PAGE]) for start in range(0, len(values), PAGE)]


def _items(session: Session, person: Person) -> list[int]:
    """The ids of a person's items, named and nameless; one query with its own index for each."""
    own = sa_select(col(Feedback.id))
    named = own.where(col(Feedback.author_id) == person.member_id)
    query = union_all(named, own.where(col(Feedback.author_hash).in_(person.marks)))
    return sorted(session.execute(query).scalars())


def _is_key(column: "Column[Any]") -> bool:
    """Whether a column only ties rows together."""
    return bool(column.primary_key or column.foreign_keys) or column.name == "community_id"
