"""Converts what depends on a database's key to a new key: keyed marks, sealed values, and the key's fingerprint."""

import re
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Table, bindparam, func, or_, select, true
from sqlmodel import SQLModel

from storage.engine.errors import WrongKey
from storage.engine.keys import Keys
from storage.engine.unique import table_of
from storage.models import Installation
from storage.privacy import erasure
from storage.traffic import outbox

TABLES = erasure.TABLES
"""Imported so that every table is in the metadata."""
MARKED: Mapping[str, Sequence[str]] = {
    "feedback": ("author_hash", "source"),
    "question": ("holder", "source"),
    "block": ("mark",),
    "prompt": ("holder", "chat"),
    "outbox": ("holder", "dedupe_key"),
    "private_chat": ("holder",),
    "trace": ("mark",),
    "proposal": ("mark",),
    "proposal_mark": ("mark",),
    "rate": ("holder",),
    "screen": ("holder",),
}
"""By table, the columns with keyed marks, as the whole value or a part of it."""
SEALED = "sealed"
"""The name of every column whose value is sealed."""
LETTERS: Mapping[str, str] = {"outbox": "payload"}
"""By table, the column with JSON that may contain sealed parts."""
EMPTIED = ("button",)
"""Tables that are useless under another key: buttons are signed with the old key, and stored again when shown."""
PAGE = 500
_WHOLE = re.compile(r"\b[0-9a-f]{64}\b")
_SHORT = re.compile(r"(?<=:)(?:[0-9a-f]{8}(?=:[0-9a-f]{16}$)|[0-9a-f]{16}$)")
"""The truncated marks in the keys of deliveries."""
Advance = Callable[[int], None]
"""Called with the number of further rows done."""


def keyed_tables() -> list[Table]:
    """The tables that have a column to convert."""
    return [table for table in SQLModel.metadata.sorted_tables if _keyed(table)]


def total(connection: Connection) -> int:
    """How many rows have something to convert."""
    return sum(_count(connection, table, _is_keyed(table)) for table in keyed_tables())


def counts(connection: Connection) -> Counter[str]:
    """The number of rows by table, for every table that is not emptied."""
    every = (table for table in SQLModel.metadata.sorted_tables if table.name not in EMPTIED)
    return Counter({table.name: _count(connection, table, true()) for table in every})


def renew(connection: Connection, old: Keys, new: Keys, advance: Advance) -> Counter[str]:
    """Convert all marks and sealed values, in the transaction of the connection.

    Args:
        new: the successors of the old keys (`Keys.succeed`).

    Returns:
        By table, how many rows had a sealed value that the old key did not open either. They lose the value, or are
        deleted where they are useless without it.
    """
    lost = Counter[str]()
    for name in EMPTIED:
        connection.execute(SQLModel.metadata.tables[name].delete())
    for table in keyed_tables():
        for page in pages(connection, table):
            lost[table.name] += _renew_page(connection, table, page, old, new)
            advance(len(page))
    former = new.seal(new.former.dump()) if new.former else None
    connection.execute(table_of(Installation).update().values(key_mark=fingerprint(new), former=former))
    return lost


def fingerprint(keys: Keys) -> str:
    """The fingerprint by which a database recognises its key; it does not depend on former keys."""
    return Keys(keys.root).fingerprint("installation")


def pages(connection: Connection, table: Table) -> Iterator[Sequence[RowMapping]]:
    """Pages of the rows of a table to convert, ordered by primary key: the key and the columns to convert."""
    (key,) = table.primary_key
    query = select(*dict.fromkeys((key, *_keyed(table)))).where(_is_keyed(table)).order_by(key).limit(PAGE)
    page = connection.execute(query).mappings().all()
    while page:
        yield page
        page = connection.execute(query.where(key > page[-1][key.name])).mappings().all()


def renewed(table: Table, row: RowMapping, old: Keys, new: Keys) -> dict[str, Any]:
    """The converted values of a row; a sealed value that the old key does not open becomes None."""
    values: dict[str, Any] = {name: row[name] and _marked(row[name], new) for name in MARKED.get(table.name, ())}
    if SEALED in row:
        plain = _unsealed(row[SEALED], old) if row[SEALED] else None
        values[SEALED] = new.seal(plain) if plain is not None else None
    for name in _letters(table):
        values[name] = _resealed(row[name], old, new)
    return values


def opened(letter: Mapping[str, Any] | None, keys: Keys) -> Mapping[str, Any] | None:
    """JSON with its sealed parts decrypted; None when they are sealed with other keys."""
    if not letter or outbox.SEALED not in letter:
        return letter
    plain = _unsealed(b64decode(letter[outbox.SEALED]), keys)
    return None if plain is None else {**letter, outbox.SEALED: plain}


def _resealed(letter: Mapping[str, Any] | None, old: Keys, new: Keys) -> Mapping[str, Any] | None:
    """JSON with its sealed parts sealed again by the new keys; None when the old keys do not open them."""
    plain = opened(letter, old)
    if not plain or outbox.SEALED not in plain:
        return plain
    return {**plain, outbox.SEALED: b64encode(new.seal(plain[outbox.SEALED])).decode()}


def _letters(table: Table) -> list[str]:
    return [LETTERS[table.name]] if table.name in LETTERS else []


def _keyed(table: Table) -> list["Column[Any]"]:
    return [one for one in table.columns if one.name in (*MARKED.get(table.name, ()), SEALED, *_letters(table))]


def _is_keyed(table: Table) -> ColumnElement[bool]:
    return or_(*(column.is_not(None) for column in _keyed(table)))


def _count(connection: Connection, table: Table, which: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(which)) or 0


def _renew_page(connection: Connection, table: Table, page: Sequence[RowMapping], old: Keys, new: Keys) -> int:
    """Update the rows of a page; return how many had a sealed value that could not be decrypted."""
    (key,) = table.primary_key
    every = [{"its_key": row[key.name], **renewed(table, row, old, new)} for row in page]
    bare = [values for row, values in zip(page, every, strict=True) if _is_lost(table, row, values)]
    gone = bare if SEALED in table.c and not table.c[SEALED].nullable else []
    if gone:
        connection.execute(table.delete().where(key.in_([values["its_key"] for values in gone])))
    if kept := [values for values in every if values not in gone]:
        columns: dict[str, Any] = {one.name: bindparam(one.name) for one in _keyed(table)}
        connection.execute(table.update().where(key == bindparam("its_key")).values(columns), kept)
    return len(bare)


def _is_lost(table: Table, before: RowMapping, after: Mapping[str, Any]) -> bool:
    return any(before.get(name) and not after[name] for name in (SEALED, *_letters(table)))


def _unsealed(sealed: bytes, keys: Keys) -> bytes | None:
    try:
        return keys.unseal(sealed)
    except WrongKey:
        return None


def _marked(value: str, new: Keys) -> str:
    """A value with its marks renewed; a truncated mark keeps its length."""
    whole = _WHOLE.sub(lambda found: new.renew(found[0]), value)
    if value.startswith("answer:"):
        return whole
    return _SHORT.sub(lambda found: new.renew(found[0])[: len(found[0])], whole)
