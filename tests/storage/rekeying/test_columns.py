"""Every column with a keyed mark or a seal is renewed with a new key."""

from sqlalchemy import LargeBinary
from sqlmodel import SQLModel

from storage.engine.columns import Personal, declaration
from storage.schema.renewal import EMPTIED, MARKED, SEALED, keyed_tables

NAMES = {"holder", "mark", "author_hash", "source"}


def test_every_column_that_says_it_has_a_mark_is_renewed() -> None:
    marked = set()
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            said = declaration(column)
            if column.name in NAMES or (isinstance(said, Personal) and "keyed mark" in said.what):
                marked.add((table.name, column.name))
    renewed = {(table, column) for table, columns in MARKED.items() for column in columns}
    assert {one for one in marked if one[0] not in EMPTIED} <= renewed


def test_every_sealed_column_is_renewed() -> None:
    sealed = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        if SEALED in table.c and isinstance(table.c[SEALED].type, LargeBinary)
    }
    assert sealed == {"departure", "outbox", "private_chat", "question", "rate", "screen", "sealed_address"}
    assert sealed <= {table.name for table in keyed_tables()}
