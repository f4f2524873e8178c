"""Every column says whether it holds something personal, and every personal one can be tied to its person."""

from typing import Any

from sqlalchemy import Column, MetaData, String, Table
from sqlmodel import SQLModel

from storage import models
from storage.engine.columns import Erase, Personal, declaration
from storage.items import addresses
from storage.privacy import erasure

KNOWN = (models, addresses)
TABLES = sorted(SQLModel.metadata.sorted_tables, key=lambda table: table.name)
COLUMNS = [column for table in TABLES for column in table.columns]
TIED_OTHERWISE = {
    "member": "is the person",
    "inbox": "holds what nobody has read yet, and drops it once handled",
    "button": "holds a keyed mark made with each button's own id, which leads to nobody without the account",
    "prompt": "holds keyed marks, which erasure is given",
    "rate": "holds a keyed mark, likewise",
    "private_chat": "holds a keyed mark, likewise",
    "block": "outlasts its person's erasure, which would lift it; nothing in it but a keyed mark is theirs",
    "trace": "is the keyed mark by which erasure finds a row of somebody else, and goes with that row",
    "departure": "is an erasure under way: sealed, and gone within a week",
    "digest": "quotes many people: the bot takes an erased person's words out of each archived digest",
}


def undeclared(tables: list[Table]) -> list[str]:
    return [str(column) for table in tables for column in table.columns if declaration(column) is None]


def untied(tables: list[Table]) -> list[str]:
    """Tables that hold something personal and do not say whose it is."""
    return [
        table.name
        for table in tables
        if any(isinstance(declaration(column), Personal) for column in table.columns)
        and not erasure.owners(table)
        and erasure.ITEM not in table.c
        and table.name not in TIED_OTHERWISE
    ]


def test_every_column_of_every_table_is_declared() -> None:
    assert len(COLUMNS) > 100
    assert undeclared(TABLES) == []


def test_a_column_without_a_declaration_is_noticed() -> None:
    assert undeclared([Table("new", MetaData(), Column("name", String))]) == ["new.name"]


def test_every_personal_table_is_tied_to_a_person() -> None:
    assert untied(TABLES) == []


def test_a_personal_table_that_says_not_whose_is_noticed() -> None:
    column: Column[Any] = Column("name", String, info={"privacy": Personal("a name", Erase.BLANK)})
    assert untied([Table("new", MetaData(), column)]) == ["new"]


def test_every_exception_is_still_needed() -> None:
    for name in TIED_OTHERWISE:
        table = SQLModel.metadata.tables[name]
        assert any(isinstance(declaration(column), Personal) for column in table.columns), name
        assert erasure.ITEM not in table.c, name
        assert not erasure.owners(table), name


def test_every_column_that_points_to_a_member_is_declared_as_its_owner() -> None:
    pointing = {str(column) for column in COLUMNS for key in column.foreign_keys if key.column.table.name == "member"}
    declared = {str(column) for table in TABLES for column in erasure.owners(table)}
    assert pointing == declared


def test_what_is_blanked_can_be_blank() -> None:
    for table, column, mark in erasure.personal_columns():
        rows_go = any(other.erase is Erase.ROW for owner, _, other in erasure.personal_columns() if owner is table)
        if mark.owner and not rows_go:
            assert column.nullable, f"{column} ties what stays to who asked to go"


def test_every_declaration_is_words_fit_for_a_reader() -> None:
    for _, column, mark in erasure.personal_columns():
        assert mark.what, column
        assert mark.what[0].islower(), f"{column}: it follows a bullet"
        assert "_" not in mark.what, column
