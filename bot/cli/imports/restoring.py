"""`portevoix import json`: imports an export of Portevoix, or previews the import."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.cli.imports.command import FileArgument, YesOption, at_a_terminal
from bot.cli.imports.progress import progress
from bot.cli.imports.running import CLOCK_TOLERANCE, run_read_only
from bot.cli.imports.skipped import Skipped
from bot.cli.language.knowledge import CommunityOption
from bot.cli.terminal.opening import choose, console, note, perform
from bot.cli.terminal.output import emit
from bot.core import Core
from bot.errors import OperatorError
from bot.knowledge.sources.file import open_binary
from bot.transfer.incoming.reading.source import Source

if TYPE_CHECKING:
    from bot.transfer.incoming.restoring import Outcome

T = TypeVar("T")
STEP = 100
"""The number of items between two updates of the progress bar."""


def import_json(
    ctx: typer.Context,
    file: FileArgument,
    community: CommunityOption = None,
    yes: YesOption = None,
    files: Annotated[
        Path | None,
        typer.Option("--files", metavar="PATH", help="The zip or folder of files that was exported with it."),
    ] = None,
) -> None:
    """Bring in what `portevoix export` wrote as JSON or JSON Lines: with its history, supporters and joins.

    What is there already is left as it is. Each item keeps its number where no other has it. Supporters come as
    counts: no file says who they are.
    """
    apply = not at_a_terminal() if yes is None else yes
    with open_binary(file) as raw:
        source = Source(raw, str(file))
        skipped = Skipped(console(), (), file.with_name(f"{file.stem}.skipped.csv"))
        if not apply:
            for line in run_read_only(ctx, lambda core: _preview(core, community, source, files)):
                emit(line)
            note("Nothing was imported yet: with --yes it is.")
            return
        outcome = perform(ctx, lambda core: _restore(core, community, source, files, skipped, apply=True))
    skipped.tell_rest()
    for line in (*outcome.lines(), str(outcome)):
        note(line)
    if outcome.skipped and not outcome.imported + outcome.known:
        raise OperatorError(f"Nothing of {file} could be imported.")


async def _preview(core: Core, community: str | None, source: Source, files: Path | None) -> list[str]:
    found = await _restore(core, community, source, files, None, apply=False)
    would = f"{found.imported} would come, {found.known} are there already, {found.skipped} cannot be read"
    return [f"{source.name}: {would}", *found.lines()]


async def _restore(
    core: Core, community: str | None, source: Source, files: Path | None, skipped: Skipped | None, *, apply: bool
) -> "Outcome":
    from bot.transfer.incoming import boxes, restoring  # noqa: PLC0415 - for who imports a file
    from bot.transfer.incoming.restored import Reading, parts  # noqa: PLC0415 - as above

    own = await choose(core, community)
    reading = Reading(ZoneInfo(own.timezone), core.clock.now() + CLOCK_TOLERANCE)
    tell = skipped.tell if skipped else lambda _: None
    with boxes.opened(files) as box, progress(console(), source, "items") as advance:
        found = _report_progress(parts(source, reading), advance)
        return await restoring.restore(core, own, found, reading, tell, box, apply=apply)


def _report_progress(found: Iterable[T], advance: Callable[[int], None]) -> Iterator[T]:
    """The items unchanged; `advance` is called with their number after every `STEP` of them."""
    for number, one in enumerate(found, 1):
        yield one
        if number % STEP == 0:
            advance(number)
