"""The root of the command line: registers every command, and turns expected errors into one line on stderr."""

import errno
import io
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from typer.core import TyperGroup

from bot.cli import data, database, digest, doctor, forget, inbox, inviting, outbox, run, setup
from bot.cli.imports import chats
from bot.cli.imports import command as importing
from bot.cli.imports import restoring as reimporting
from bot.cli.language import ask, knowledge, knowledge_sync, similar
from bot.cli.terminal.opening import note
from bot.cli.upkeep import rekeying, restoring, scrubbing
from bot.errors import OperatorError
from bot.settings.config import PREFIX
from bot.transfer.incoming.presets import PRESETS
from storage.engine.errors import StoreError

EXIT_ERROR = 2
"""The exit status after an error that the operator can mend."""
ACCEPTED = "--insecure-key"
WELCOME = """Portevoix carries a community's voice to the people who can act on it.

`portevoix demo` shows it without any token; `portevoix init` sets it up, `portevoix run` connects it.
`portevoix COMMAND --help` tells more about a command."""


class Root(TyperGroup):
    """The group of all commands, which reports errors the operator can mend in one line, without a traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take `--insecure-key` wherever it stands: it concerns the key file, which every command uses."""
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


def build() -> typer.Typer:
    """Build the command line with all its commands."""
    root = _group(WELCOME, cls=Root)
    root.callback()(start)
    root.command("demo")(run.demo)
    root.command("init")(setup.init)
    root.command("run")(run.run)
    root.command("doctor")(doctor.doctor)
    root.command("code")(setup.code)
    root.command("invite")(inviting.invite)
    root.command("ask", context_settings={"ignore_unknown_options": True})(ask.ask)
    root.command("similar")(similar.similar)
    root.command("export")(data.export)
    root.command("forget")(forget.forget)
    imports = _group("Bring feedback in from a file.")
    imports.command("csv")(importing.import_csv)
    imports.command("json")(reimporting.import_json)
    for name, preset in PRESETS.items():
        if name != "csv":
            imports.command(name)(importing.command_of(preset))
    for platform in chats.WORDS:
        imports.command(platform)(chats.command_of(platform))
    root.add_typer(imports, name="import")
    root.add_typer(_knowledge(), name="knowledge")
    digests = _group("The summary for the team.")
    digests.command("preview")(digest.preview)
    digests.command("post")(digest.post)
    digests.command("list")(digest.list_)
    digests.command("show")(digest.show)
    root.add_typer(digests, name="digest")
    owed = _group("What could not be delivered.")
    owed.command("list")(outbox.list_)
    # An id may be negative, which is no option.
    owed.command("retry", context_settings=outbox.NEGATIVE)(outbox.retry)
    owed.command("drop", context_settings=outbox.NEGATIVE)(outbox.drop)
    root.add_typer(owed, name="outbox")
    aside = _group("What somebody sent and the bot could not handle.")
    aside.command("list")(inbox.list_)
    aside.command("retry")(inbox.retry)
    aside.command("drop")(inbox.drop)
    root.add_typer(aside, name="inbox")
    store = _group("The database.")
    store.command("upgrade")(database.upgrade)
    store.command("check")(database.check)
    store.command("backup")(database.backup)
    store.command("compact")(database.compact)
    store.command("restore")(restoring.restore)
    store.command("rekey")(rekeying.replace_key)
    store.command("scrub")(scrubbing.scrub)
    root.add_typer(store, name="db")
    return root


def _knowledge() -> typer.Typer:
    """The commands of the knowledge."""
    answers = _group("What the bot answers from.")
    answers.command("add")(knowledge.add)
    answers.command("sync")(knowledge_sync.sync)
    answers.command("remove")(knowledge_sync.remove)
    answers.command("undo")(knowledge_sync.undo)
    answers.command("sources")(knowledge_sync.list_sources)
    answers.command("list")(knowledge.list_)
    answers.command("export")(knowledge.export)
    answers.command("check")(knowledge.check)
    return answers


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


def _group(words: str, cls: type[TyperGroup] = TyperGroup) -> typer.Typer:
    return typer.Typer(
        help=words,
        cls=cls,
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
