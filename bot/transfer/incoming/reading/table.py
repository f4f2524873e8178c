"""What readers of files yield: records of cells by column, and problems in place of those that cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from bot.knowledge.sources.draft import Problem
from storage.values import frozen

MOST_NAMED = 30
"""Columns that are not read of which each is named."""


def named(titles: Sequence[str]) -> str:
    """Titles of columns in a line, as many as can be read there."""
    more = len(titles) - MOST_NAMED
    return ", ".join(titles[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


@frozen
class Record:
    """One row of a file.

    Attributes:
        where: its place in the file, in words such as `line 3`.
        cells: its cells by column; columns the file does not have are left out.
        raw: all its cells as they stand.
    """

    where: str
    cells: Mapping[str, str]
    raw: Sequence[str] = ()


@frozen
class Refused(Problem):
    """A row that cannot be imported, with its cells."""

    raw: Sequence[str] = ()


class Table(Protocol):
    """A file of feedback.

    Attributes:
        titles: the titles of its columns.
    """

    titles: Sequence[str]

    @property
    def unread(self) -> Sequence[str]:
        """The titles of columns that are not read."""
        ...

    @property
    def exported(self) -> bool:
        """Whether our own export wrote it, so that its ids are the items' numbers."""
        ...

    def records(self) -> Iterator[Record | Problem]:
        """Its rows in order; a file that can be read again begins anew with each call."""
        ...

    def sample(self) -> Iterator[Record | Problem]:
        """Rows from its beginning, which reading them does not use up."""
        ...
