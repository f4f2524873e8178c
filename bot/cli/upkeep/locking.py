"""Locks the database for commands that need it for themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.cli.terminal.opening import located
from bot.errors import OperatorError
from bot.settings.config import load
from storage.schema.opening import Location, hold, is_new


def existing(ctx: typer.Context) -> Location:
    """The location of the configured database, which must exist.

    Raises:
        OperatorError: there is none, or its key is exposed.
    """
    place = located(load(ctx.obj))
    if is_new(place):
        raise OperatorError(f"There is no database {place.file}: check database (PORTEVOIX_DATABASE).")
    return place


@contextmanager
def locked(place: Location) -> Iterator[None]:
    """Lock a SQLite file, as a running bot does.

    Raises:
        StoreBusy: a bot runs on it.
    """
    lock = hold(place)
    try:
        yield
    finally:
        if lock:
            lock.release()
