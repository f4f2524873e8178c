"""`portevoix import csv` and `portevoix export`: imports and exports feedback."""

import asyncio
import io
import os
import re
import sys
import threading
from collections import Counter
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from bot.cli.knowledge import CommunityOption
from bot.cli.terminal.opening import choose, console, note, perform
from bot.cli.terminal.output import destination, output
from bot.clock import SystemClock
from bot.core import Core
from bot.errors import OperatorError
from bot.knowledge.sources.draft import Problem
from bot.knowledge.sources.file import open_binary
from bot.locales.areas import Areas
from bot.operations.assembly import location
from bot.operations.ledger import Ledger
from bot.settings.config import load
from bot.transfer.export import write_csv, write_json
from bot.transfer.rows import CellContext, Sheet
from bot.transfer.words import Kinds, read_moment
from storage.models import Community

if TYPE_CHECKING:
    from rich.console import Console

    from bot.transfer.intake import Summary

MOST_TOLD = 100
"""Bad rows that are reported one by one; further ones are counted by reason."""
CLOCK_TOLERANCE = timedelta(days=1)
"""How far in the future a row may be dated: its time zone may have been another."""
_ROW_SPECIFIC = re.compile(r"^“.*”|(?<=^has )\d+")
"""The part of a reason that differs from row to row."""


class Format(StrEnum):
    """The format of an export of feedback."""

    JSON = "json"
    CSV = "csv"


def import_csv(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file in UTF-8, separated by commas, semicolons or tabs.")
    ],
    community: CommunityOption = None,
) -> None:
    """Bring in feedback from a CSV file.

    What was brought in before is not brought in again.

    The first line names the columns: kind and text, and if wanted author, at, area, support,
    audience (everyone or team) and name (named or nameless). A kind is suggestion, problem or
    praise, in English or French; `at` a date such as 2026-03-04T10:00+01:00, now when empty;
    without an author the feedback is nameless.
    """
    with open_binary(file) as raw, io.TextIOWrapper(raw, "utf-8-sig", "surrogateescape", newline="") as source:
        sheet = Sheet(source, str(file))
        if sheet.unknown:
            note(f"columns not read: {', '.join(sheet.unknown)}")

        skipped = Skipped(console())

        async def job(core: Core) -> "Summary":
            return await _load(core, await choose(core, community), sheet, raw, skipped)

        summary = perform(ctx, job)
    skipped.tell_rest()
    note(str(summary))
    if summary.skipped and not summary.imported and not summary.known:
        raise OperatorError(f"No row of {file} could be imported.")


def export(
    ctx: typer.Context,
    format_: Annotated[Format, typer.Option("--format", help="What to write: json or csv.")] = Format.JSON,
    community: CommunityOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Only what was filed or changed then or later (its changed_at), such as 2026-03-04 or "
            "2026-03-04T10:00; in the community's time zone unless it names another.",
        ),
    ] = None,
    with_removed: Annotated[
        bool, typer.Option("--with-removed", help="With the words that moderators took from view, for the staff alone.")
    ] = False,
    files: Annotated[
        Path | None,
        typer.Option(
            "--files", metavar="FOLDER", help="Also write the files that came with it, into a folder for each number."
        ),
    ] = None,
) -> None:
    """Print the feedback of a community.

    JSON is one array, with the history of each piece; CSV is a table that `import csv` reads again. What
    has no name stays without one, with days in place of times; what was withdrawn, or taken from view by a
    moderator, is there without its words.
    """
    write = write_json if format_ is Format.JSON else write_csv
    stop = threading.Event()

    async def job(core: Core) -> None:
        own = await choose(core, community)
        start = _moment(since, own)

        def print_all(session: Session) -> None:
            # Errors of the output are caught inside the job: the store would take a full disk for the database's.
            with output() as out:
                write(session, own, out, stop.is_set, start, removed=with_removed, folder=files)

        try:
            await core.store.read(print_all)
        except asyncio.CancelledError:
            # The writing thread is told to stop; without it Ctrl-C would wait until all is written.
            stop.set()
            raise

    perform(ctx, job)
    if not sys.stdout.isatty():
        Ledger(location(load(ctx.obj))).note("export", destination(), SystemClock().now())


class Skipped:
    """Reports rows that were skipped: the first `MOST_TOLD` one by one, the rest counted by reason."""

    def __init__(self, terminal: "Console") -> None:
        self.terminal = terminal
        self._told = 0
        self._rest: Counter[str] = Counter()

    def tell(self, problem: Problem) -> None:
        """Report a row, or count it."""
        if self._told < MOST_TOLD:
            self._told += 1
            self._print(f"skipped {problem}")
        else:
            self._rest[_ROW_SPECIFIC.sub("…", problem.reason)] += 1

    def tell_rest(self) -> None:
        """Report how many more rows were skipped, by reason."""
        if self._rest:
            self._print(f"skipped {self._rest.total()} more:")
        for reason, times in self._rest.most_common():
            self._print(f"  {times} times: {reason}")

    def _print(self, line: str) -> None:
        self.terminal.print(line, markup=False, highlight=False, soft_wrap=True)


async def _load(core: Core, community: Community, sheet: Sheet, raw: BinaryIO, skipped: Skipped) -> "Summary":
    from bot.transfer.intake import load  # noqa: PLC0415 - 1 MiB, Python's own SQLite, for who imports a file

    speeches = core.languages.all().values()
    context = CellContext(
        Kinds(core.registry, speeches),
        Areas(core.settings_of(community).areas, speeches),
        ZoneInfo(community.timezone),
        core.clock.now() + CLOCK_TOLERANCE,
    )
    terminal = skipped.terminal
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as in `console`

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]}"), TimeRemainingColumn())
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as progress:
        task = progress.add_task("importing", total=_size(raw), rows="")

        def advance(summary: "Summary") -> None:
            rate = summary.rows / (progress.tasks[0].elapsed or 1)
            read = raw.tell() if raw.seekable() else 0
            progress.update(task, completed=read, rows=f"{summary.rows:,} rows, {rate:,.0f}/s")

        return await load(core, community, sheet.rows(context), skipped.tell, advance)


def _size(file: BinaryIO) -> int | None:
    """The file's size in bytes; None for a pipe, which has none."""
    return os.fstat(file.fileno()).st_size or None


def _moment(text: str | None, community: Community) -> datetime | None:
    try:
        return read_moment(text, ZoneInfo(community.timezone)) if text is not None else None
    except ValueError as error:
        raise OperatorError(f"--since: {error}.") from None
