"""`portevoix db scrub`: clears the traces of erased rows, and prints which remain."""

from typing import Annotated

import typer

from bot.cli.terminal.opening import console, note
from bot.cli.upkeep.locking import existing, locked
from storage.schema.opening import Location, load_keys
from storage.schema.scrubbing import Scrubbed
from storage.schema.scrubbing import scrub as run

ON_SERVER = (
    "What remains: the server's write-ahead log until it is recycled, its archive and replicas as long as they are "
    "kept, and every dump made before."
)
NOT_FULL = "Pages that were freed are overwritten when they are used again: --full writes the tables anew at once."
IN_FILE = "What remains: backups, copies named before-… and exports; `portevoix doctor` lists those it knows."
GAPS = "Gaps in the file may hold traces of moved rows: --full writes it anew, with the bot stopped."


def scrub(
    ctx: typer.Context,
    full: Annotated[
        bool, typer.Option("--full", help="Write the tables, or the file, anew; nobody can use them meanwhile.")
    ] = False,
) -> None:
    """Clear what erased rows leave behind, and say what remains.

    On PostgreSQL, VACUUM of the tables in which people are erased; with --full, VACUUM FULL. A SQLite file overwrites
    what is deleted at once, so its log is emptied; with --full the file is written anew, and the bot must be stopped.
    """
    place = existing(ctx)
    keys = load_keys(place)
    with console().status("scrubbing"):
        if full:
            with locked(place):
                done = run(place, keys, full=True)
        else:
            done = run(place, keys, full=False)
    note(_told(place, done, full))
    if not full:
        note(NOT_FULL if place.file is None else GAPS)
    note(ON_SERVER if place.file is None else IN_FILE)


def _told(place: Location, done: Scrubbed, full: bool) -> str:
    sizes = f"{done.before / 1e6:,.1f} MB before, {done.after / 1e6:,.1f} MB now"
    if place.file is None:
        return f"{'Written anew' if full else 'Vacuumed'}: {done.tables} tables; {sizes}."
    return f"The file was written anew: {sizes}." if full else "The log of the file was emptied."
