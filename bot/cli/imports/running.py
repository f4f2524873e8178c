"""Runs an import: opens the file, finds the order of day and month in its dates, and previews or imports it."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.cli.imports.progress import progress
from bot.cli.imports.skipped import Skipped
from bot.cli.terminal.opening import choose, console, located, note, perform
from bot.cli.terminal.output import emit
from bot.cli.terminal.questions import Questions
from bot.clock import SystemClock
from bot.core import Core
from bot.errors import OperatorError
from bot.locales.areas import Areas
from bot.operations.assembly import open_core
from bot.settings.config import load
from bot.transfer.incoming.presets.preset import Preset
from bot.transfer.incoming.reading.source import Source
from bot.transfer.incoming.reading.table import Record, Table, named
from bot.transfer.incoming.rows import CellContext, read_rows
from bot.transfer.incoming.values.dates import DayOrder, usual_order
from bot.transfer.incoming.values.statuses import Statuses
from bot.transfer.words import Kinds
from storage.models import Community
from storage.schema.opening import is_made
from storage.values import frozen
from storage.vocabulary import Kind, Status

if TYPE_CHECKING:
    from bot.transfer.incoming.intake import ImportOptions, Summary

T = TypeVar("T")
CLOCK_TOLERANCE = timedelta(days=1)
"""How far in the future a row's date may be: it may have been written in another time zone."""


@frozen
class Choices:
    """What the operator chose.

    Attributes:
        apply: whether to import; else a preview is shown.
        asks: whether the operator can be asked questions.
        day_first: whether the day comes before the month in dates; None to infer it from the file.
        statuses: by a status word of the file, the status it stands for.
    """

    apply: bool
    asks: bool = False
    kind: Kind = Kind.SUGGESTION
    day_first: bool | None = None
    statuses: Mapping[str, Status] = field(default_factory=dict)
    quotable: bool = False


def run(ctx: typer.Context, raw: BinaryIO, file: Path, community: str | None, preset: Preset, choices: Choices) -> None:
    """Import a file, or show a preview.

    Raises:
        OperatorError: the file is not one of the preset's, or none of its rows could be imported.
    """
    source = Source(raw, str(file))
    table = preset.open(source)
    if source.told:
        note(source.told)
    if choices.apply:
        _import(ctx, source, table, community, preset, choices, file)
        return
    for line in run_read_only(ctx, lambda core: _preview(core, community, source, table, preset, choices)):
        emit(line)
    note("Nothing was imported yet: with --yes it is.")


def _import(
    ctx: typer.Context,
    source: Source,
    table: Table,
    community: str | None,
    preset: Preset,
    choices: Choices,
    file: Path,
) -> None:
    if table.unread:
        note(f"columns not read: {named(table.unread)}")
    skipped = Skipped(console(), table.titles, file.with_name(f"{file.stem}.skipped.csv"))

    async def job(core: Core) -> "Summary":
        from bot.transfer.incoming.intake import load as bring_in  # noqa: PLC0415 - 1 MiB, for who imports a file

        own = await choose(core, community)
        rows = read_rows(table.records(), _context(core, own, source, table, preset, choices))
        with progress(skipped.terminal, source, "rows") as advance:
            options = _options(preset, table, choices)
            return await bring_in(core, own, rows, skipped.tell, lambda done: advance(done.rows), options)

    summary = perform(ctx, job)
    skipped.tell_rest()
    for line in summary.remarks.lines():
        note(line)
    if summary.kept:
        note(f"{summary.kept} statuses stay as they were decided here")
    note(str(summary))
    if summary.skipped and summary.skipped == summary.rows:
        raise OperatorError(f"No row of {file} could be imported.")


async def _preview(
    core: Core, community: str | None, source: Source, table: Table, preset: Preset, choices: Choices
) -> list[str]:
    from bot.transfer.incoming import preview  # noqa: PLC0415 - as above

    own, options = await choose(core, community), _options(preset, table, choices)
    context = _context(core, own, source, table, preset, choices)
    found = await preview.survey(core, own, read_rows(table.records(), context), options)
    return list(preview.lines(found, source.name, table.unread, options))


def _options(preset: Preset, table: Table, choices: Choices) -> "ImportOptions":
    from bot.transfer.incoming.intake import ImportOptions  # noqa: PLC0415 - as above

    return ImportOptions("portevoix" if table.exported else preset.scope, choices.quotable, table.exported)


def _context(
    core: Core, community: Community, source: Source, table: Table, preset: Preset, choices: Choices
) -> CellContext:
    speeches, latest = core.understood(community).values(), core.clock.now() + CLOCK_TOLERANCE
    return CellContext(
        Kinds(core.registry, speeches),
        Areas(core.settings_of(community).areas, speeches),
        ZoneInfo(preset.zone or community.timezone),
        Statuses(speeches, {**preset.statuses, **choices.statuses}),
        latest,
        _day_first(table, source, community, choices, latest),
        choices.kind,
        preset.named,
    )


def _day_first(table: Table, source: Source, community: Community, choices: Choices, latest: datetime) -> bool:
    """Whether the day comes before the month in dates: as chosen, inferred, asked, or usual in the time zone."""
    if choices.day_first is not None:
        return choices.day_first
    order = DayOrder(latest)
    for record in table.records() if source.again else table.sample():
        if isinstance(record, Record):
            for column in ("at", "changed"):
                order.note(record.cells.get(column, ""))
    found = order.decide()
    if order.day and order.month:
        note(f"dates: {order.day} have the day first and {order.month} the month; those of the fewer are skipped")
    if found is not None:
        return found
    usual = usual_order(community.timezone)
    if choices.asks:
        asked = Questions().confirm("dates", f"Does the day come first in {order.unclear}?", default=usual)
        return usual if asked is None else asked
    first, other = ("day", "mdy") if usual else ("month", "dmy")
    note(f"dates such as {order.unclear} are read with the {first} first: --dates {other} reads them the other way")
    return usual


def run_read_only(ctx: typer.Context, job: Callable[[Core], Awaitable[T]]) -> T:
    """Run a job that only reads, and return its result; without a database, on a temporary empty one."""
    settings = load(ctx.obj)
    if is_made(located(settings)):
        return perform(ctx, job)

    async def work(folder: str) -> T:
        own = {"database": f"sqlite:///{folder}/none.db", "key_file": Path(folder, "keys", "none.key")}
        core = await open_core(settings.model_copy(update=own), SystemClock())
        try:
            return await job(core)
        finally:
            core.store.close()

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(work(folder))
