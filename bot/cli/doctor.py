"""`portevoix doctor`: examines the installation, and prints a line for each finding."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cells import printable
from bot.cli.setup import settings_file
from bot.cli.terminal.output import emit
from bot.clock import SystemClock
from bot.errors import OperatorError
from bot.operations.assembly import location, open_core
from bot.operations.doctor import (
    TABLES,
    examine_clock,
    examine_database,
    examine_files,
    examine_platforms,
    examine_store,
    examine_tokens,
)
from bot.operations.holders import examine_holders
from bot.operations.inventory import examine_copies
from bot.ports.adapter import Finding
from bot.settings.config import Settings, load
from storage.engine.errors import StoreError


def doctor(
    ctx: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no platform anything.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
) -> None:
    """Look at everything, and say what to mend.

    Settings, key, database, knowledge, digests, what could not be delivered; and on each platform the token, how
    updates come, and what the bot may do in each place. One line each, `ok` or `mend`. Nothing is posted.
    It ends with status 0 when all is well, else 1.
    """
    found = asyncio.run(_examine(ctx.obj, offline))
    well = not any(finding.mend for finding in found)
    if as_json:
        findings = [{"ok": not finding.mend, **asdict(finding)} for finding in found]
        emit(json.dumps({"ok": well, "findings": findings}, ensure_ascii=False))
    else:
        for finding in found:
            emit(_line(finding))
    raise typer.Exit(0 if well else 1)


def _line(finding: Finding) -> str:
    mark, mend = ("mend", f". To mend: {finding.mend}") if finding.mend else ("ok  ", "")
    return printable(f"{mark}  {finding.about}: {finding.words}{mend}").replace("\n", " ")


async def _examine(named: Path | None, offline: bool) -> list[Finding]:
    try:
        settings = load(named)
    except OperatorError as error:
        return [Finding("settings", "cannot be read", line) for line in str(error).splitlines()]
    try:
        return await _examine_all(settings, settings_file(named), offline)
    except StoreError as error:
        return [Finding("database", "cannot be used", str(error))]


async def _examine_all(settings: Settings, file: Path, offline: bool) -> list[Finding]:
    place = location(settings)
    data = list(examine_database(place))
    found = [*examine_files(settings, file, place), *data]
    found += [*examine_copies(settings, place, SystemClock().now()), examine_tokens(settings)]
    # Opening would make a missing database and upgrade an old one, so it is opened only at the present revision.
    if not any(finding.about == TABLES and not finding.mend for finding in data):
        return [*found, *([] if offline else await examine_platforms(settings, None))]
    core = await open_core(settings, SystemClock())
    try:
        found += [*await examine_store(core), *await examine_holders(core)]
        found += [] if offline else await examine_platforms(settings, core)
        return [*found, *await examine_clock(core)]
    finally:
        core.store.close()
