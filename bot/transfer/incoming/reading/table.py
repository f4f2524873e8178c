"""The interface of readers of files, which yield records, and problems for rows that cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from bot.knowledge.sources.draft import Problem
from storage.values import frozen

MOST_NAMED = 30
"""The most titles that are named."""


def named(titles: Sequence[str]) -> str:
    """Titles of columns on one line, at most `MOST_NAMED`."""
    more = len(titles) - MOST_NAMED
    return ", ".join(titles[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


@frozen
class Record:
    """One row of a file.

    Attributes:
        where: its place in the file, such as `line 3`.
        cells: its cells by column, without columns that the file does not have.
        raw: all its cells as they are in the file.
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
        """Its rows in order; a file that can be read again starts from the beginning at each call."""
        ...

    def sample(self) -> Iterator[Record | Problem]:
        """Its first rows; `records` will yield them again."""
        ...
