"""Brings the rows of one idea together: its supporters are counted, in as many rows as they come."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.transfer.incoming.identity import Identities
from bot.transfer.incoming.likeness import alike
from bot.transfer.incoming.rows import Row
from storage.items.importing.loading import Tally


@dataclass(slots=True)
class Idea:
    """An idea of some rows.

    Attributes:
        row: its first row.
        mark: its keyed mark.
        former: the marks that earlier versions gave its rows.
        support: the number the rows give; None when they give none.
        counted: its supporters, counted by rows.
        first: whether its first row is among them, so that the number stands for all.
        merged: how many rows more it has.
    """

    row: Row
    mark: str
    former: list[str]
    support: int | None
    counted: int
    first: bool
    merged: int = 0

    def total(self, before: int | None = None) -> int:
        """Its support; what is counted by rows alone never lowers what was before."""
        given = before or 0 if self.support is None else self.support
        lowest = 0 if self.first or before is None else before
        return max(given, self.counted, lowest)


def group(rows: Iterable[Row], identities: Identities, tally: Tally) -> list[Idea]:
    """The ideas of some rows, in order."""
    found: dict[str, Idea] = {}
    for row in rows:
        mark, former = identities.mark(row), list(identities.former(row))
        if mark in found and row.id and not alike(found[mark].row.text, row.text):
            # One id for two ideas: what two tools, or two people, counted.
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
    """How many supporters the rows of an idea have so far: each voter once, or each row where there is more than one.

    Rows with a number of their own say it themselves.
    """
    if row.support not in (None, 1):
        return 0
    if row.voter:
        is_new = tally.count(f"voter:{mark}:{row.voter.casefold()}") == 1
        return tally.count(f"voters:{mark}") if is_new else 0
    return times if times > 1 else 0
