"""Groups the rows of a file by idea, and counts the supporters of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.transfer.incoming.identity import Identities
from bot.transfer.incoming.likeness import alike
from bot.transfer.incoming.rows import Row
from storage.items.importing.loading import Tally


@dataclass(slots=True)
class Idea:
    """An idea with its rows in one batch.

    Attributes:
        row: its first row of the batch.
        mark: its keyed mark.
        former: the marks that earlier versions gave its rows.
        support: the number of supporters in a cell; None when there is none.
        counted: the number of supporters by counting rows.
        first: whether its first row of the file is in this batch.
        merged: the number of its further rows.
    """

    row: Row
    mark: str
    former: list[str]
    support: int | None
    counted: int
    first: bool
    merged: int = 0

    def total(self, before: int | None = None) -> int:
        """Its number of supporters; counting rows never lowers the number before."""
        given = before or 0 if self.support is None else self.support
        lowest = 0 if self.first or before is None else before
        return max(given, self.counted, lowest)


def group(rows: Iterable[Row], identities: Identities, tally: Tally) -> list[Idea]:
    """Group the rows of a batch by idea, in order."""
    found: dict[str, Idea] = {}
    for row in rows:
        mark, former = identities.mark(row), list(identities.former(row))
        if mark in found and row.id and not alike(found[mark].row.text, row.text):
            # One id for two ideas, as numbered by two tools or two people.
            mark = identities.mark(row, by_words=True)
        times = tally.count(f"idea:{mark}")
        counted = _counted(row, mark, times, tally)
        idea = found.get(mark)
        if idea is None:
            found[mark] = Idea(row, mark, former, row.support, counted, times == 1, int(times > 1))
            continue
        idea.former += former
        idea.counted, idea.merged = max(idea.counted, counted), idea.merged + 1
        if row.support is not None:
            idea.support = max(idea.support or 0, row.support)
    return list(found.values())


def _counted(row: Row, mark: str, times: int, tally: Tally) -> int:
    """The number of supporters by the rows of an idea so far: each voter once, or each row if there are several.

    It is 0 for rows with a number of supporters of their own.
    """
    if row.support not in (None, 1):
        return 0
    if row.voter:
        is_new = tally.count(f"voter:{mark}:{row.voter.casefold()}") == 1
        return tally.count(f"voters:{mark}") if is_new else 0
    return times if times > 1 else 0
