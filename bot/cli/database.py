"""`portevoix db`: upgrades, checks, copies and compacts the database."""

import glob
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from bot.cli.terminal.opening import console, note, perform
from bot.cli.terminal.output import emit
from bot.cli.upkeep.locking import existing
from bot.clock import SystemClock
from bot.core import Core
from bot.errors import OperatorError
from bot.operations.assembly import location
from bot.operations.backups import copy_to
from bot.operations.ledger import Ledger
from bot.privacy.erasures import erased_list
from bot.settings.config import load
from storage import migrations
from storage.engine import sqlite
from storage.engine.errors import StoreError, explain
from storage.schema import soundness
from storage.schema.opening import Location, hold, load_keys, open_engines


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


def check(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
) -> None:
    """Say whether the database is sound.

    Reads all of it: its pages and links, its version, kept totals, and whether the key opens every sealed address.
    Nothing is changed. It ends with status 0 when it is sound, else 2.
    """
    place = existing(ctx)
    writing, reading = open_engines(place, load_keys(place))
    try:
        with reading.connect() as connection:
            found = soundness.examine(connection, load_keys(place))
    except DBAPIError as error:
        raise explain(error) or StoreError(f"The database cannot be read: {error.orig}.") from error
    finally:
        writing.dispose()
        reading.dispose()
    if as_json:
        emit(json.dumps({"ok": not found.faults, **asdict(found)}))
        raise typer.Exit(2 if found.faults else 0)
    for unread in found.unread:
        note(unread)
    if found.faults:
        raise OperatorError("\n".join(found.faults))
    note(f"The database is sound, at revision {migrations.head()}.")


def backup(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The copy to make; a file that is there is never overwritten.")
    ],
) -> None:
    """Copy the database while the bot runs, and read all of the copy.

    A copy that is not sound is removed, and never takes the place of another. It is encrypted under the same key,
    which is not in it. A PostgreSQL database is copied with pg_dump, which has to be installed; that copy is not
    encrypted.
    """
    place = existing(ctx)
    if not file.absolute().parent.is_dir():
        raise OperatorError(f"There is no folder {file.absolute().parent} to copy to.")
    with console().status("copying and reading the copy"):
        items = copy_to(place, file, load_keys(place))
    Ledger(place).note("backup", file, SystemClock().now())
    note(f"The copy is at {file.absolute()}; it was read from end to end: {items:,} items.")
    if place.file is None:
        note("It is not encrypted, as the server's tables are not: keep it where nobody else reads.")
    note(f"Its key is not in it: {place.key_file.absolute()}. Keep a copy of the key too, in another place.")
    listed = erased_list(load(ctx.obj)).path
    note(f"Whom it holds and who is erased later stays erased by {listed.absolute()}: keep that up to date beside it.")


def compact(ctx: typer.Context) -> None:
    """Write the database anew, without its gaps.

    What was erased or has grown old leaves gaps in a SQLite file, and traces in them. The bot clears files up to 64 MiB
    by itself once a day; this does it for larger ones. The bot must be stopped, and the disk needs room for a copy.
    """
    place = existing(ctx)
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


def _copies(place: Location) -> set[Path]:
    """The copies that upgrades made beside the database file."""
    return set(place.file.parent.glob(f"{glob.escape(place.file.name)}.before-*")) if place.file else set()
