"""`portevoix db`: upgrades, checks, copies and compacts the database."""

import glob
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.cli.terminal.opening import console, note, perform
from bot.core import Core
from bot.errors import OperatorError
from bot.operations.assembly import location
from bot.privacy.erasures import erased_list
from bot.settings.config import load
from storage import migrations
from storage.engine import sqlite
from storage.engine.errors import StoreError, explain
from storage.schema.opening import Location, hold, is_new, load_keys, open_engines


def upgrade(ctx: typer.Context) -> None:
    """Bring the database to this version's tables.

    When there is something to change, a copy of a SQLite file is made beside it first.
    """
    place = location(load(ctx.obj))
    before = _copies(place)

    async def job(core: Core) -> None:
        """Do nothing more: opening the store upgrades it."""

    perform(ctx, job)
    for copy in sorted(_copies(place) - before):
        note(f"A copy of the database as it was: {copy.absolute()}")
    note(f"The database is at revision {migrations.head()}, which this version needs.")


def check(ctx: typer.Context) -> None:
    """Say whether the database is sound.

    Reads all of it and looks at its version; nothing is changed.
    """
    place = _existing(ctx)
    writing, reading = open_engines(place, load_keys(place))
    try:
        with reading.connect() as connection:
            faults = [*_revision_faults(connection), *(_damage(connection) if place.file else ())]
    except DBAPIError as error:
        raise explain(error) or StoreError(f"The database cannot be read: {error.orig}.") from error
    finally:
        writing.dispose()
        reading.dispose()
    if faults:
        raise OperatorError("\n".join(faults))
    note(f"The database is sound, at revision {migrations.head()}.")


def backup(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The copy to make; a file that is there is never overwritten.")
    ],
) -> None:
    """Copy the database while the bot runs.

    The copy is encrypted under the same key, which is not in it.
    """
    place = _existing(ctx)
    if place.file is None:
        raise OperatorError("The data is on a PostgreSQL server: copy it with pg_dump.")
    if not file.absolute().parent.is_dir():
        raise OperatorError(f"There is no folder {file.absolute().parent} to copy to.")
    sqlite.backup(place.file, file, load_keys(place))
    note(f"The copy is at {file.absolute()}.")
    note(f"Its key is not in it: {place.key_file.absolute()}. Keep a copy of the key too, in another place.")
    listed = erased_list(load(ctx.obj)).path
    note(f"Whom it holds and who is erased later stays erased by {listed.absolute()}: keep that up to date beside it.")


def compact(ctx: typer.Context) -> None:
    """Write the database anew, without its gaps.

    What was erased or has grown old leaves gaps in a SQLite file, and traces in them. The bot clears files up to 64 MiB
    by itself once a day; this does it for larger ones. The bot must be stopped, and the disk needs room for a copy.
    """
    place = _existing(ctx)
    if place.file is None:
        raise OperatorError("The data is on a PostgreSQL server: its keeper runs VACUUM FULL there.")
    held, before = hold(place), place.file.stat().st_size
    try:
        with console().status(f"writing {_megabytes(before)} anew"):
            sqlite.compact(place.file, load_keys(place))
    finally:
        if held:
            held.release()
    note(f"The database was written anew: {_megabytes(before)} before, {_megabytes(place.file.stat().st_size)} now.")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _existing(ctx: typer.Context) -> Location:
    place = location(load(ctx.obj))
    if is_new(place):
        raise OperatorError(f"There is no database {place.file}: check database (PORTEVOIX_DATABASE).")
    return place


def _copies(place: Location) -> set[Path]:
    """The copies that upgrades made beside the database file."""
    return set(place.file.parent.glob(f"{glob.escape(place.file.name)}.before-*")) if place.file else set()


def _revision_faults(connection: Connection) -> list[str]:
    current, needed = migrations.revision(connection), migrations.head()
    if current == needed:
        return []
    return [f"The database is at revision {current} and this version needs {needed}: run portevoix db upgrade."]


def _damage(connection: Connection) -> list[str]:
    """The first faults that the integrity checks of SQLite and SQLCipher report."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
    found += [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    # SQLite names many pages in one finding, a line each.
    return [f"The database is damaged: {' '.join(fault.split())}. Go back to a backup." for fault in found[:5]]
