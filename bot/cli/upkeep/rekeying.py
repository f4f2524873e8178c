"""`portevoix db rekey`: replaces the key."""

import typer

from bot.cli.terminal.opening import note
from bot.cli.upkeep.bar import bar
from bot.cli.upkeep.locking import existing, locked
from bot.clock import SystemClock
from bot.operations.ledger import Ledger
from storage.schema.opening import Location
from storage.schema.rekeying import Rekeyed, rekey


def replace_key(ctx: typer.Context) -> None:
    """Replace a key that leaked, or that somebody had who has left.

    Everything is encrypted, sealed and marked anew, read again, and only then takes the place of the old. A SQLite
    file needs room for a copy; on PostgreSQL it is one transaction. The bot must be stopped. Whatever happens
    meanwhile, there is a key that opens the data. The old key is kept beside the new one, for backups made
    with it. Buttons of earlier messages are no longer in use.
    """
    place = existing(ctx)
    with locked(place), bar() as tell:
        made = rekey(place, SystemClock().now(), tell)
    note(f"There is a new key, and everything was read again with it: {made.rows:,} marks and seals.")
    _tell_rest(place, made)


def _tell_rest(place: Location, made: Rekeyed) -> None:
    if made.lost:
        note(f"{made.lost:,} sealed addresses did not open with the old key either, and are gone.")
    note(f"Keep a copy of the new key apart from the data: {place.key_file.absolute()}")
    note(f"The old key opens backups from before: {made.old_key}. Delete it together with those.")
    for copy in Ledger(place).copies():
        if copy.kind in {"backup", "before"}:
            note(f"It opens this copy, too: {copy.file}")
    if place.file:
        note("Make a new backup now: `portevoix db backup FILE`.")
    else:
        note("Dead rows still have the old marks and seals: `portevoix db scrub --full` clears them. Make a new dump.")
