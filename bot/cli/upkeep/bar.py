"""Shows the progress of database maintenance on a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.terminal.opening import console
from storage.schema.rekeying import Progress


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress bar if on a terminal; yields the function to call with the step, the part done and the total.

    A total of 0 is unknown.
    """
    from rich import progress  # noqa: PLC0415 - as in `console`

    terminal = console()
    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TimeRemainingColumn())
    with progress.Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as shown:
        task = shown.add_task("", total=None)
        yield lambda words, done, total: shown.update(task, description=words, completed=done, total=total or None)
