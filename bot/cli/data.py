"""`portevoix import csv` and `portevoix export`: feedback in and out."""

import asyncio
import io
import sys
import threading
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO
from zoneinfo import ZoneInfo

import typer
from rich.progress import Progress

from bot.areas import Areas
from bot.cli.knowledge import CommunityOption
from bot.cli.opening import choose, console, note, perform
from bot.context import Core
from bot.errors import OperatorError
from bot.sources.draft import Problem
from bot.sources.file import opened
from bot.transfer.export import write_csv, write_json
from bot.transfer.intake import Summary, load
from bot.transfer.rows import Reading, Sheet
from bot.transfer.words import Kinds
from storage.models import Community


class Format(StrEnum):
    """What an export is written as."""

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

    The first line names the columns: kind and text, and if wanted author, at, area and support. A kind
    is suggestion, problem or praise, in English or French; `at` a date such as 2026-03-04T10:00+01:00,
    now when empty; without an author the feedback is nameless.
    """
    with opened(file) as raw, io.TextIOWrapper(raw, "utf-8-sig", "surrogateescape", newline="") as source:
        sheet = Sheet(source, str(file))
        if sheet.unknown:
            note(f"columns not read: {', '.join(sheet.unknown)}")

        async def job(core: Core) -> Summary:
            return await _load(core, await choose(core, community), sheet, raw, file.stat().st_size)

        summary = perform(ctx, job)
    note(str(summary))
    if summary.skipped and not summary.imported and not summary.known:
        raise OperatorError(f"No row of {file} could be imported.")


def export(
    ctx: typer.Context,
    format_: Annotated[Format, typer.Option("--format", help="What to write: json or csv.")] = Format.JSON,
    community: CommunityOption = None,
) -> None:
    """Print all feedback of a community.

    JSON is one array, with the history of each piece; CSV is a table that `import csv` reads again. What
    has no name stays without one, and what was withdrawn is there without its words.
    """
    write = write_json if format_ is Format.JSON else write_csv
    stop = threading.Event()

    async def job(core: Core) -> None:
        own = await choose(core, community)
        try:
            await core.store.read(lambda session: write(session, own, sys.stdout, stop.is_set))
        except asyncio.CancelledError:
            # The thread that writes is told, or Ctrl-C would wait for the last page.
            stop.set()
            raise

    perform(ctx, job)


async def _load(core: Core, community: Community, sheet: Sheet, raw: BinaryIO, size: int) -> Summary:
    speeches = core.languages.all().values()
    reading = Reading(
        Kinds(core.registry, speeches),
        Areas(core.settings_of(community).areas, speeches),
        ZoneInfo(community.timezone),
    )
    terminal = console()
    with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as progress:
        task = progress.add_task("importing", total=size or None)

        def tell(problem: Problem) -> None:
            progress.console.print(f"skipped {problem}", markup=False, highlight=False, soft_wrap=True)

        def advance(summary: Summary) -> None:
            if terminal.is_terminal and raw.seekable():
                progress.update(task, completed=raw.tell())

        return await load(core, community, sheet.rows(reading), tell, advance)
