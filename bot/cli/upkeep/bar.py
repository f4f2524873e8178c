"""Shows on a terminal how far an upkeep of the database is."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.terminal.opening import console
from storage.schema.rekeying import Progress


@contextmanager
def bar() -> Iterator[Progress]:
    """A bar on a terminal, and nothing elsewhere; called with what is done, how much, and of how much: 0 is unknown."""
    from rich import progress  # noqa: PLC0415 - as in `console`

    terminal = console()
    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TimeRemainingColumn())
    with progress.Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as shown:
        task = shown.add_task("", total=None)
        yield lambda words, done, total: shown.update(task, description=words, completed=done, total=total or None)
