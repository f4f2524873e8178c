"""`portevoix db restore`: restores a backup."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal.opening import console, located, note, perform
from bot.cli.upkeep.bar import bar
from bot.cli.upkeep.locking import locked
from bot.clock import SystemClock
from bot.core import Core
from bot.errors import OperatorError
from bot.settings.config import load
from storage.engine import keys as keyring
from storage.engine import succession
from storage.engine.errors import StoreError, WrongKey
from storage.engine.keys import Keys
from storage.schema import copies, returning
from storage.schema.opening import Location


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that `db backup` made, or the bot by itself.")],
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="The key it was made with, when that is not the present one."),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="On PostgreSQL: also into a database with tables, which are kept beside it."),
    ] = False,
) -> None:
    """Bring a backup back.

    It is read from end to end first. The present database is kept beside it (before-restore-…); who was erased since
    the backup is erased again before anything else is done. The bot must be stopped.

    On PostgreSQL it is brought into an empty database by pg_restore, which has to be installed, and its rows are
    counted afterwards. With --replace the tables that are there are kept in a schema of their own (before_restore_…).
    """
    place = located(load(ctx.obj))
    if not file.is_file():
        raise OperatorError(f"There is no file {file}.")
    bring_back = _into_server if place.file is None else _into_file
    try:
        with locked(place):
            bring_back(place, file, keyring.load(key or place.key_file), replaces=replace)
    except StoreError as error:
        former = succession.aside_of(place.key_file)
        if key or not former or (place.file is None and not isinstance(error, WrongKey)):
            raise
        raise OperatorError(f"{error} A backup from before a new key needs the old one: --key {former[-1]}") from error
    if key:
        note("The key it was made with is in use again; if that is the one that leaked, type `portevoix db rekey` now.")
    perform(ctx, _nothing)
    note("Who was erased since is erased again.")


def _into_file(place: Location, file: Path, keys: Keys, *, replaces: bool) -> None:
    """Replace a SQLite file by a copy; the replaced file is kept."""
    if replaces:
        raise OperatorError("--replace is for PostgreSQL: a database file is always replaced, and kept beside it.")
    if place.file and place.file.exists() and file.samefile(place.file):
        raise OperatorError(f"{file} is the present database: name a backup.")
    with console().status(f"reading {file}"):
        kept = copies.bring_back(place, file, keys, f"before-restore-{SystemClock().now():%Y-%m-%d}")
    note(f"{file} is the database now.")
    if kept:
        note(f"The database as it was: {kept}. It holds what has been erased since: delete it once it is not needed.")


def _into_server(place: Location, file: Path, keys: Keys, *, replaces: bool) -> None:
    """Restore a copy into a PostgreSQL database; existing tables are only replaced if `replaces`."""
    with bar() as tell:
        done = returning.bring_back(place, file, keys, SystemClock().now().date(), tell, replaces=replaces)
    note(f"{file} is the database now: {done.rows.total():,} rows in {len(done.rows)} tables were counted again.")
    if done.aside:
        note(f"The tables as they were are in schema {done.aside}: they hold what has been erased since.")
        note(f"Once they are not needed: DROP SCHEMA {done.aside} CASCADE")


async def _nothing(core: Core) -> None:
    """Do nothing more: opening the store upgrades it and erases again whom the list of erased persons names."""
