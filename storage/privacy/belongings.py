"""Reads everything stored about one person, by the declarations of the columns, for a copy of their data."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Executable, Select, Table, bindparam, func, true
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel, col

from storage.engine.listing import among, listed
from storage.engine.prepared import Prepared, prepared
from storage.engine.unique import table_of
from storage.models import Attachment, Block, Button, Community, Feedback, History, Member, Outbox
from storage.privacy import erasure
from storage.privacy.erasure import HOLDER, ITEM, ITEMS, MARKS, PEOPLE, owners, personal_of
from storage.values import frozen
from storage.vocabulary import Action

Record = dict[str, Any]
OWNED = "owned"
"""The key of the items that a person of the team owns, beside the tables' names."""
BUTTONS = "buttons"
"""The name of the list of the tokens of a person's buttons, beside the lists of an erasure."""
Condition = tuple[str, "Column[Any]", ColumnElement[bool]]
"""The name of the list a statement is given, the column compared with it, and a further condition."""
KEY, ACTOR = "key ", "key actor"
"""Labels of selected keys, which are removed from records; with a space, so that they equal no column's name."""


class Withheld(StrEnum):
    """A reason why a column is left out of a person's copy."""

    MARK = "mark"
    """A keyed mark: useless without the key, and in the copy it would link nameless texts to each other."""
    SEALED = "sealed"
    """An address sealed with the key; it contains the account, which the copy shows."""
    INTERNAL = "internal"
    """An id that is meaningless outside the database."""
    FILE = "file"
    """The content of a file, which is delivered beside the copy."""
    COPY = "copy"
    """A copy of a text that the person's copy already contains, or a message that is not handled yet."""


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
"""Columns that are left out although they are about the person, each with its reason; row keys are left out, too."""
COPIES = frozenset({"alert_item", "departure", "digest", "inbox", "item_vector", "theme_item", "trace"})
"""Tables without rows of a single person: digests quote many people, an event is emptied once it is handled, a
departure is of somebody already erased, vectors and themes are computed from texts in the copy, a trace belongs
to somebody else's draft or message, and the authors of an imported chat's texts are unknown."""
MARKED = (table_of(Block),)
"""Tables without a personal column whose rows are about a person nevertheless, by a keyed mark."""


@frozen
class Person:
    """A person, with the keys to rows of theirs that have no member id.

    Attributes:
        member_id: their id; 0 when they have none.
        marks: the keyed marks on their nameless items, prompts, answers, private chats and blocks.
        buttons: the tokens of the stored buttons that only they may press.
    """

    member_id: int
    marks: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


@frozen
class Part:
    """The queries for a person's rows of a table.

    Attributes:
        table: its name.
        keys: how many of the selected columns are primary keys; they come first.
        columns: the names of the selected columns.
        queries: the statements, each with the name of the list it takes as its parameter.
    """

    table: str
    keys: int
    columns: Sequence[str]
    queries: Sequence[tuple[str, Prepared]]


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
    """Everything stored about a person, by table and column name, without the columns of `WITHHELD`.

    Instead of keys, a row about an item has its number and its community's name. A history entry has whether the person
    made it.
    """
    given = _given(session, person)
    found = {part.table: _records(session, part, given, person) for part in _parts()}
    found[OWNED] = _owned(session, person)
    return {name: records for name, records in found.items() if records}


def _owned(session: Session, person: Person) -> list[Record]:
    """The items that a person of the team owns, without their texts, which are the authors' data."""
    rows = _taken_care_of.rows(session, {"member": person.member_id})
    return [dict(zip(("number", "community", "kind", "status", "due_on"), row, strict=True)) for row in sorted(rows)]


def tables() -> list[Table]:
    """The tables with rows about people."""
    kept = (table for table in SQLModel.metadata.sorted_tables if table.name not in COPIES)
    return [table for table in kept if personal_of(table) or table in MARKED]


def files(session: Session, person: Person) -> list[StoredFile]:
    """The files of a person's items, in the order they were stored."""
    given = _given(session, person)
    found = [StoredFile(*row) for row in _files.rows(session, given)] if ITEMS in given else []
    return sorted(found, key=lambda file: file.id)


def shown(table: Table) -> list["Column[Any]"]:
    """The columns of a table that a copy shows."""
    return [column for column in table.columns if not _is_key(column) and str(column) not in WITHHELD]


def _given(session: Session, person: Person) -> dict[str, str]:
    """The lists of keys by which a person's rows are found, by name; empty ones are left out."""
    given: Mapping[str, Sequence[int | str]] = {
        PEOPLE: [person.member_id],
        ITEMS: erasure.written(session, person.member_id, person.marks),
        MARKS: person.marks,
        BUTTONS: person.buttons,
    }
    return {name: listed(values) for name, values in given.items() if values}


def _records(session: Session, part: Part, given: Mapping[str, str], person: Person) -> list[Record]:
    """A person's rows of a table, each once, ordered by primary key."""
    found = dict[tuple[Any, ...], Record]()
    for name, query in part.queries:
        # Sorted here: PostgreSQL would read the whole index of the primary key to sort.
        for row in query.rows(session, given) if name in given else ():
            found[tuple(row[: part.keys])] = dict(zip(part.columns, row, strict=True))
    return [_readable(found[key], person) for key in sorted(found)]


def _readable(row: Record, person: Person) -> Record:
    """A row without its keys; for a history entry, with whether the person made it."""
    told = {name: value for name, value in row.items() if not name.startswith(KEY)}
    return {**told, "by_you": row[ACTOR] == person.member_id} if ACTOR in row else told


# From here on: built once, since building the statements of all tables takes ten times as long as running them.
@cache
def _parts() -> list[Part]:
    return [_part(table) for table in tables()]


def _part(table: Table) -> Part:
    keys = [column for column in table.columns if column.primary_key]
    query = _query(table, keys)
    queries = [(given, _prepared(query, column, given, only)) for given, column, only in _conditions(table)]
    return Part(table.name, len(keys), query.selected_columns.keys(), queries)


def _prepared(query: Select[Any], column: "Column[Any]", given: str, only: ColumnElement[bool]) -> Prepared:
    return Prepared(lambda dialect: query.where(among(dialect, column, given), only))


def _query(table: Table, keys: Sequence["Column[Any]"]) -> Select[Any]:
    """Selects the keys, the shown columns, and the community's name and item's number that replace the keys."""
    query = sa_select(*(column.label(KEY + column.name) for column in keys), *shown(table))
    if ITEM in table.c:
        query = query.add_columns(*_of_item(table))
    elif "community_id" in table.c:
        query = query.add_columns(_name(table.c.community_id))
    return query.add_columns(table.c.actor_id.label(ACTOR)) if table is table_of(History) else query


def _of_item(table: Table) -> tuple[ColumnElement[Any], ...]:
    """Columns for the item that a row is about: its number, and its community's name."""
    item = table_of(Feedback).alias("item")
    mine = item.c.id == table.c[ITEM]
    number = sa_select(item.c.number).where(mine).scalar_subquery()
    place = sa_select(col(Community.name)).where(mine, col(Community.id) == item.c.community_id)
    return number.label("number"), place.correlate(table).scalar_subquery().label("community")


def _name(community_id: Any) -> ColumnElement[Any]:
    named = sa_select(col(Community.name)).where(col(Community.id) == community_id)
    return named.scalar_subquery().label("community")


def _conditions(table: Table) -> list[Condition]:
    """Alternative conditions for a person's rows, each covered by its own index."""
    if table is table_of(Feedback):
        return [(ITEMS, table.c.id, true())]
    if table is table_of(Button):
        return [(BUTTONS, table.c.token, true())]
    if table is table_of(Member):
        return [(PEOPLE, table.c.id, true())]
    found: list[Condition] = [(PEOPLE, column, true()) for column in owners(table)]
    # The team's internal notes are in the copy of the person who wrote them.
    shown_to_author = table.c.action != Action.NOTED if table is table_of(History) else true()
    if HOLDER in table.c:
        found.append((MARKS, table.c[HOLDER], true()))
    if table is table_of(Block):
        # Its index begins with the community's id.
        found.append((MARKS, table.c.mark, table.c.community_id.in_(sa_select(col(Community.id)))))
    if table is table_of(Outbox):
        nobody = table.c.recipient_id.is_(None) & table.c.place_id.is_(None)
        found.append((ITEMS, table.c[ITEM], nobody))
    elif ITEM in table.c and (table is table_of(History) or not owners(table)):
        found.append((ITEMS, table.c[ITEM], shown_to_author))
    return found


def _is_key(column: "Column[Any]") -> bool:
    """Whether a column is a primary or foreign key, meaningless to a reader."""
    return bool(column.primary_key or column.foreign_keys) or column.name == "community_id"


@prepared()
def _taken_care_of(_: str) -> Executable:
    here = (col(Community.id) == col(Feedback.community_id), col(Feedback.owner_id) == bindparam("member"))
    told = (Feedback.number, Community.name, Feedback.kind, Feedback.status, Feedback.due_on)
    return sa_select(*map(col, told)).where(*here)


@prepared()
def _files(dialect: str) -> Executable:
    kept = (col(Attachment.name), col(Attachment.media_type), func.length(col(Attachment.content)))
    query = sa_select(col(Attachment.id), *reversed(_of_item(table_of(Attachment))), *kept)
    return query.where(among(dialect, col(Attachment.feedback_id), ITEMS))
