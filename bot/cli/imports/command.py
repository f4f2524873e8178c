"""`portevoix import csv`, and `import` with another tool's name: previews a file of feedback, or brings it in."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.imports.running import Choices, run
from bot.cli.language.knowledge import CommunityOption
from bot.cli.terminal.questions import is_interactive
from bot.errors import OperatorError
from bot.knowledge.sources.file import open_binary
from bot.transfer.incoming.presets import PRESETS
from bot.transfer.incoming.presets.preset import Preset
from storage.values import frozen
from storage.vocabulary import Kind, Status


class Dates(StrEnum):
    """Whether the day or the month comes first in dates such as 04/03/2026."""

    DAY = "dmy"
    MONTH = "mdy"


FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file.")]
YesOption = Annotated[
    bool | None,
    typer.Option(
        "--yes/--dry-run",
        help="Import, or show what would come alone: the default on a terminal, which imports nothing.",
    ),
]
KindOption = Annotated[Kind, typer.Option(help="The kind of rows in a file that has no column for it.")]
DatesOption = Annotated[
    Dates | None,
    typer.Option(help="What dates such as 04/03/2026 begin with, for the whole file; by default the file tells."),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WORD=STATUS", help="A status word of the file's own, such as “Beta=in_progress”; repeatable."
    ),
]
QuotesOption = Annotated[
    bool,
    typer.Option(
        "--quotes", help="Words without an author may be quoted in digests, as words without a name are: among many."
    ),
]


@frozen
class _Given:
    """The options of a command."""

    yes: bool | None
    kind: Kind
    dates: Dates | None
    status: list[str] | None
    quotes: bool

    def choices(self) -> Choices:
        """The choices these options stand for, with the defaults that depend on the terminal."""
        terminal = at_a_terminal()
        return Choices(
            apply=not terminal if self.yes is None else self.yes,
            asks=terminal,
            kind=self.kind,
            day_first=None if self.dates is None else self.dates is Dates.DAY,
            statuses=_statuses(self.status or ()),
            quotable=self.quotes,
        )


def import_csv(
    ctx: typer.Context,
    file: FileArgument,
    community: CommunityOption = None,
    yes: YesOption = None,
    kind: KindOption = Kind.SUGGESTION,
    dates: DatesOption = None,
    status: StatusOption = None,
    quotes: QuotesOption = False,
    preset: Annotated[str | None, typer.Option("--from", help=f"The tool that wrote it: {', '.join(PRESETS)}.")] = None,
) -> None:
    """Bring in feedback from a table: what was brought in before is brought up to date, and not in again.

    The first line names the columns, in English or French or as other tools name them: a text or a title, and if
    wanted kind, author, at, area, support, status, id, audience (everyone or team) and name (named or nameless).
    A kind is suggestion, problem or praise; `at` a date, now when empty; without an author the feedback is nameless.
    """
    if preset is not None and preset not in PRESETS:
        raise OperatorError(f"--from {preset} is not known; there is: {', '.join(PRESETS)}.")
    _import(ctx, file, community, PRESETS[preset or "csv"], _Given(yes, kind, dates, status, quotes))


def command_of(preset: Preset) -> Callable[..., None]:
    """The command that imports the files of a tool."""

    def import_preset(
        ctx: typer.Context,
        file: FileArgument,
        community: CommunityOption = None,
        yes: YesOption = None,
        kind: KindOption = Kind.SUGGESTION,
        dates: DatesOption = None,
        status: StatusOption = None,
        quotes: QuotesOption = False,
    ) -> None:
        _import(ctx, file, community, preset, _Given(yes, kind, dates, status, quotes))

    import_preset.__doc__ = preset.words
    return import_preset


def _import(ctx: typer.Context, file: Path, community: str | None, preset: Preset, given: _Given) -> None:
    choices = given.choices()
    with open_binary(file) as raw:
        run(ctx, raw, file, community, preset, choices)


def at_a_terminal() -> bool:
    """Whether both the input and the output are a terminal."""
    return is_interactive() and sys.stdout.isatty()


def _statuses(given: list[str] | tuple[str, ...]) -> dict[str, Status]:
    """The statuses by the file's own words.

    Raises:
        OperatorError: one of them is no status.
    """
    found = {}
    for one in given:
        word, _, name = one.rpartition("=")
        try:
            found[word] = Status(name.strip().lower().replace(" ", "_"))
        except ValueError:
            every = ", ".join(Status)
            raise OperatorError(f"--status {one}: after the = stands one of {every}.") from None
    return found
