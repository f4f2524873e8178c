"""Shows the progress of reading a file on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.transfer.incoming.reading.source import Source

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def progress(terminal: "Console", source: Source, unit: str) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal, else nothing; yields the function to call with the number of units read so far."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as in `console`

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[read]}"), TimeRemainingColumn())
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        task = bar.add_task("importing", total=source.size or None, read="")

        def advance(number: int) -> None:
            rate = number / (bar.tasks[0].elapsed or 1)
            bar.update(task, completed=source.position, read=f"{number:,} {unit}, {rate:,.0f}/s")

        yield advance
