"""The root of the command line: registers the commands, and turns expected errors into one line on stderr."""

import errno
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import structlog
import typer
from typer.core import TyperGroup

from bot.cli import run
from bot.cli.terminal.groups import group
from bot.cli.terminal.opening import note
from bot.errors import OperatorError
from bot.settings.config import PREFIX
from storage.engine.errors import StoreError

EXIT_ERROR = 2
"""The exit status after an error that the operator can fix."""
ACCEPTED = "--insecure-key"
RUNNING: Mapping[str, Callable[..., None]] = MappingProxyType({"demo": run.demo, "run": run.run})
WELCOME = """Portevoix carries a community's voice to the people who can act on it.

`portevoix demo` shows it without any token; `portevoix init` sets it up, `portevoix run` connects it.
`portevoix COMMAND --help` tells more about a command."""


class Root(TyperGroup):
    """The group of all commands, which reports errors the operator can fix in one line, without a traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Accept `--insecure-key` anywhere among the arguments: it concerns the key file, which every command uses."""
        given = [one for one in args if one == ACCEPTED]
        return super().parse_args(ctx, [*given[:1], *(one for one in args if one != ACCEPTED)])

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command.

        Raises:
            typer.Exit: with `EXIT_ERROR`, after an OperatorError, a StoreError or an OSError.
        """
        try:
            return super().invoke(ctx)
        except (OperatorError, StoreError) as error:
            note(str(error))
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            note(f"{error.filename}: {error.strerror}." if error.filename else f"{error}.")
        raise typer.Exit(EXIT_ERROR)


def build(words: Sequence[str] = ()) -> typer.Typer:
    """Build the command line.

    Args:
        words: the typed arguments. If they begin with a command that runs a bot, the others are not imported.
    """
    root = group(WELCOME, cls=Root)
    root.callback()(start)
    chosen = next((word for word in words if word != ACCEPTED), "")
    if chosen in RUNNING:
        root.command(chosen)(RUNNING[chosen])
    else:
        # Eighty modules, which take 50 ms and 3 MiB, and which no running bot uses.
        from bot.cli.commands import add  # noqa: PLC0415

        add(root)
    return root


def show_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        typer.echo(f"portevoix {version('portevoix')}")
        raise typer.Exit


def start(
    ctx: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="The settings, a TOML file; config.toml here when there is one.")
    ] = None,
    insecure_key: Annotated[
        bool,
        typer.Option(
            ACCEPTED,
            help="Use a key that others can read, or that lies beside the data; where modes cannot be set, as in some "
            "containers, PORTEVOIX_INSECURE_KEY=true does so for good.",
        ),
    ] = False,
    asked: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Set up what every command shares: its settings' file, and stderr for the log."""
    if insecure_key:
        # As the variable does, which takes precedence over the settings' file.
        os.environ[f"{PREFIX}INSECURE_KEY"] = "true"
    ctx.obj = config
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
