"""Reports rows that were skipped: on stderr, and in a file beside the imported one."""

import csv
import os
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cells import escape_formula
from bot.knowledge.sources.draft import Problem
from bot.transfer.incoming.reading.table import Refused

if TYPE_CHECKING:
    from rich.console import Console

MOST_TOLD = 100
"""The number of skipped rows reported one by one; further ones are counted by reason."""
_ROW_SPECIFIC = re.compile(r"^“.*”|(?<=^has )\d+")
"""The part of a reason that differs from row to row."""


class Skipped:
    """Reports rows that were skipped: the first `MOST_TOLD` one by one, the rest counted by reason.

    Args:
        titles: the titles of the file's columns.
        path: the file all of them are written to with their reasons.
    """

    def __init__(self, terminal: "Console", titles: Sequence[str], path: Path) -> None:
        self.terminal = terminal
        self._told = 0
        self._rest: Counter[str] = Counter()
        self._titles, self._path = titles, path
        self._table: Any = None
        self._open = ExitStack()
        self._fault = ""

    def tell(self, problem: Problem) -> None:
        """Report or count a row, and write it to the file."""
        if self._told < MOST_TOLD:
            self._told += 1
            self._print(f"skipped {problem}")
        else:
            self._rest[_ROW_SPECIFIC.sub("…", problem.reason)] += 1
        self._keep(problem)

    def tell_rest(self) -> None:
        """Report how many more rows were skipped, by reason, and which file lists all of them."""
        self._open.close()
        if self._rest:
            self._print(f"skipped {self._rest.total()} more:")
        for reason, times in self._rest.most_common():
            self._print(f"  {times} times: {reason}")
        if self._table is not None:
            self._print(f"the skipped rows with their reasons: {self._path}")
        elif self._fault:
            self._print(f"the skipped rows could not be written to {self._path} ({self._fault})")

    def _keep(self, problem: Problem) -> None:
        if self._fault:
            return
        try:
            self._table = self._table or self._begin()
            raw = problem.raw if isinstance(problem, Refused) else ()
            self._table.writerow([problem.where, problem.reason, *map(escape_formula, raw)])
        except OSError as error:
            self._table, self._fault = None, error.strerror or "error"

    def _begin(self) -> Any:
        """The file's table with its header row; only the operator's account can read the file."""
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        out = self._open.enter_context(os.fdopen(handle, "w", encoding="utf-8-sig", newline="", errors="replace"))
        table = csv.writer(out)
        table.writerow(["line", "reason", *self._titles])
        return table

    def _print(self, line: str) -> None:
        self.terminal.print(line, markup=False, highlight=False, soft_wrap=True)
