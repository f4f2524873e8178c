"""`portevoix db restore`: brings a backup back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal.opening import console, located, note, perform
from bot.cli.upkeep.held import held
from bot.clock import SystemClock
from bot.core import Core
from bot.errors import OperatorError
from bot.settings.config import load
from storage.engine import keys as keyring
from storage.engine import succession
from storage.engine.errors import StoreError
from storage.schema import copies

SERVED = (
    "The data is on a PostgreSQL server: stop the bot and bring the copy back into a new database, so that the present"
    " one stays: `createdb NEW`, then `pg_restore --no-owner --exit-on-error --dbname=NEW {file}`. Then set database"
    " (PORTEVOIX_DATABASE) to it and type `portevoix db upgrade`: who was erased since is erased again."
)
"""What to type where `db restore` cannot do it."""


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that `db backup` made, or the bot by itself.")],
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="The key it was made with, when that is not the present one."),
    ] = None,
) -> None:
    """Bring a backup back.

    It is read from end to end first. The present database is kept beside it (before-restore-…); who was erased since
    the backup is erased again before anything else is done. The bot must be stopped. On a PostgreSQL server it says
    what to type instead.
    """
    place = located(load(ctx.obj))
    if place.file is None:
        raise OperatorError(SERVED.format(file=file))
    if not file.is_file():
        raise OperatorError(f"There is no file {file}.")
    if place.file.exists() and file.samefile(place.file):
        raise OperatorError(f"{file} is the present database: name a backup.")
    keys = keyring.load(key or place.key_file)
    mark = f"before-restore-{SystemClock().now():%Y-%m-%d}"
    try:
        with held(place), console().status(f"reading {file}"):
            kept = copies.bring_back(place, file, keys, mark)
    except StoreError as error:
        former = succession.aside_of(place.key_file)
        if key or not former:
            raise
        raise OperatorError(f"{error} A backup from before a new key needs the old one: --key {former[-1]}") from error
    note(f"{file} is the database now.")
    if kept:
        note(f"The database as it was: {kept}. It holds what has been erased since: delete it once it is not needed.")
    if key:
        note("The key it was made with is in use again; if that is the one that leaked, type `portevoix db rekey` now.")
    perform(ctx, _nothing)
    note("Who was erased since is erased again.")


async def _nothing(core: Core) -> None:
    """Do nothing more: opening the store upgrades it and erases again whom the list of erased persons names."""
