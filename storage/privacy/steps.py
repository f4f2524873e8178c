"""Statements that delete rows or blank values by lists of keys, built once and run in order."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Executable
from sqlmodel import Session

from storage.engine.listing import among, listed
from storage.engine.prepared import Prepared


class Steps:
    """An ordered list of statements, each for the rows with one of the values of a list in a column.

    Built once, since building the statements of all tables takes ten times as long as running them.
    """

    def __init__(self) -> None:
        self._steps: list[tuple[str, Prepared]] = []

    def delete(self, column: "Column[Any]", given: str, *only: ColumnElement[bool]) -> None:
        """Add the deletion of rows.

        Args:
            given: the name of the list.
            only: further conditions.
        """

        def build(dialect: str) -> Executable:
            return column.table.delete().where(among(dialect, column, given), *only)

        self._steps.append((given, Prepared(build)))

    def blank(self, column: "Column[Any]", given: str, values: Mapping[str, Any], *only: ColumnElement[bool]) -> None:
        """Add an update that sets these values; other arguments as for `delete`."""

        def build(dialect: str) -> Executable:
            return column.table.update().where(among(dialect, column, given), *only).values(**values)

        self._steps.append((given, Prepared(build)))

    def run(self, session: Session, given: Mapping[str, Collection[int | str]]) -> None:
        """Run all statements except those whose list is empty.

        Args:
            given: the lists by name.
        """
        lists = {name: listed(values) for name, values in given.items() if values}
        for name, statement in self._steps:
            if name in lists:
                statement.rows(session, lists)
