"""`portevoix export`: exports feedback."""

import asyncio
import sys
import threading
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from bot.cli.impact import write_impact
from bot.cli.language.knowledge import CommunityOption
from bot.cli.terminal.opening import choose, perform
from bot.cli.terminal.output import destination, output
from bot.clock import SystemClock
from bot.core import Core
from bot.errors import OperatorError
from bot.operations.assembly import location
from bot.operations.ledger import Ledger
from bot.settings.config import load
from bot.transfer.outgoing.enclosed import open_box
from bot.transfer.outgoing.export import MARK, write_csv, write_json, write_jsonl
from bot.transfer.words import read_moment
from storage.models import Community


class Format(StrEnum):
    """The format of an export of feedback."""

    JSON = "json"
    LINES = "jsonl"
    CSV = "csv"


WRITE = {Format.JSON: write_json, Format.LINES: write_jsonl, Format.CSV: write_csv}


def export(
    ctx: typer.Context,
    format_: Annotated[Format, typer.Option("--format", help="What to write: json, jsonl or csv.")] = Format.JSON,
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
            "--files",
            metavar="PATH",
            help="Also write the files that came with it: into a zip where the name ends in .zip, else into a folder.",
        ),
    ] = None,
    bom: Annotated[
        bool,
        typer.Option("--bom/--no-bom", help="Begin CSV with the mark by which spreadsheets know that it is UTF-8."),
    ] = True,
    impact: Annotated[
        bool, typer.Option("--impact", help="Instead the rows that the figures of /impact are counted from, as CSV.")
    ] = False,
    period: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="With --impact: 2026-10, 2026 or '90 days'; by default the last month."),
    ] = None,
) -> None:
    """Print the feedback of a community.

    JSON is one array, with the history of each piece, and JSON Lines the same, a piece a line: `import json` brings
    both back. CSV is a table for spreadsheets that `import csv` reads again, without histories and joins. What has
    no name stays without one, with days in place of times; what was withdrawn, or taken from view by a
    moderator, is there without its words.

    With --impact there are neither names nor words: a row for each question, decision and delivery of the period,
    and the figures to compare with.
    """
    if period is not None and not impact:
        raise OperatorError("--period goes with --impact.")
    if impact and (since or files or with_removed):
        raise OperatorError("--impact goes with --community and --period alone.")
    stop = threading.Event()

    async def job(core: Core) -> None:
        own = await choose(core, community)
        start = _moment(since, own)
        if impact:
            await write_impact(core, own, period or "")
            return

        def print_all(session: Session) -> None:
            # Errors of the output are caught inside the job: the store would take a full disk for the database's.
            with output() as out, open_box(files) as box:
                out.write(MARK if bom and format_ is Format.CSV else "")
                WRITE[format_](session, own, out, stop.is_set, start, removed=with_removed, box=box)

        try:
            await core.store.read(print_all)
        except asyncio.CancelledError:
            # The writing thread is told to stop; without it Ctrl-C would wait until all is written.
            stop.set()
            raise

    perform(ctx, job, reads=True)
    if not sys.stdout.isatty():
        Ledger(location(load(ctx.obj))).note("export", destination(), SystemClock().now())


def _moment(text: str | None, community: Community) -> datetime | None:
    try:
        return read_moment(text, ZoneInfo(community.timezone)) if text is not None else None
    except ValueError as error:
        raise OperatorError(f"--since: {error}.") from None
