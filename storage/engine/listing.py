"""Passes a list of any length, or a LIMIT, to a statement as one parameter, so that it is prepared only once."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Integer,
    ScalarSelect,
    TableValuedAlias,
    any_,
    bindparam,
    cast,
    func,
)
from sqlalchemy import select as sa_select


def each(dialect: str, name: str) -> TableValuedAlias:
    """The values of the JSON list in the parameter of this name, as rows of text with a column `value`."""
    if dialect == "postgresql":
        return func.json_array_elements_text(cast(bindparam(name), JSON)).table_valued("value", name="mark")
    return func.json_each(bindparam(name)).table_valued("value", name="mark")


def ids(dialect: str, name: str) -> ScalarSelect[int]:
    """The ids of the JSON list in the parameter of this name, as a subquery for IN."""
    return sa_select(cast(each(dialect, name).c.value, BigInteger)).scalar_subquery()


def words(dialect: str, name: str) -> ScalarSelect[str]:
    """The words of the JSON list in the parameter of this name, as a subquery for IN."""
    return sa_select(each(dialect, name).c.value).scalar_subquery()


def among(dialect: str, column: Any, name: str) -> ColumnElement[bool]:
    """The condition that a column has one of the values of a JSON list: ids, or words in a column of text.

    On PostgreSQL they become an array first, so that it looks up each in the column's index, however many there are.
    """
    values = ids(dialect, name) if isinstance(column.type, Integer) else words(dialect, name)
    found: ColumnElement[bool] = column == any_(func.array(values)) if dialect == "postgresql" else column.in_(values)
    return found


def at_most(name: str) -> ColumnElement[int]:
    """The parameter of this name, for LIMIT; as an expression, since SQLite re-parses a statement for a bare number."""
    return bindparam(name, type_=Integer) + 0


def listed(values: Iterable[int | str]) -> str:
    """A list as the value of such a parameter: JSON."""
    return json.dumps(list(values))
