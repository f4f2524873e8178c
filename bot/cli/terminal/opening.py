"""Opens the settings, the store and a community for commands, and prints notes to the operator on stderr."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import structlog
import typer

from bot.clock import SystemClock
from bot.core import Core
from bot.errors import OperatorError
from bot.operations.assembly import location, open_core
from bot.operations.keycare import require_private
from bot.secrecy import SecretFilter, secrets_of
from bot.settings.config import Settings, load
from storage.models import Community
from storage.people import communities
from storage.schema.opening import Location, is_made, is_new

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")


def note(line: str) -> None:
    """Print a line to the operator on stderr, as stdout is for data."""
    typer.echo(line, err=True)


def console() -> "Console":
    """A console on stderr."""
    from rich.console import Console  # noqa: PLC0415 - it takes 3 MiB, and `run` shows no progress

    return Console(stderr=True)


def perform(ctx: typer.Context, job: Callable[[Core], Awaitable[T]], *, reads: bool = False) -> T:
    """Run a command's job on an open core, and return its result.

    Args:
        reads: whether the job needs an existing database; no new one is made for it.

    Raises:
        OperatorError: the settings are invalid, or there is no database to read.
        StoreError: the store cannot be opened.
    """

    async def work() -> T:
        settings = load(ctx.obj)
        if reads:
            _require_database(location(settings))
        async with opened(settings) as core:
            return await job(core)

    return asyncio.run(work())


def _filter_log(secrets: Iterable[str]) -> None:
    """Replace the log's secret filter by one for these secrets."""
    others = [one for one in structlog.get_config()["processors"] if not isinstance(one, SecretFilter)]
    structlog.configure(processors=[SecretFilter(secrets), *others])


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Core]:
    """An open core, closed at the end; a database or key that had to be made is reported with its path."""
    _filter_log(secrets_of(settings))
    core = await _open(settings)
    root = core.store.keys.root
    _filter_log((*secrets_of(settings), root.hex(), base64.b64encode(root).decode()))
    try:
        yield core
    finally:
        core.store.close()


async def choose(core: Core, key: str | None) -> Community:
    """The community with that key, or the only one.

    Raises:
        OperatorError: no community has that key, or none is given and there are several.
    """
    every = await core.store.read(communities.every)
    found = [community for community in every if key in (None, community.key)]
    if len(found) == 1:
        return found[0]
    keys = ", ".join(community.key for community in every)
    if key is None:
        raise OperatorError(f"There are several communities: choose one with --community: {keys}.")
    raise OperatorError(f"There is no community {key}; there is: {keys}.")


def located(settings: Settings) -> Location:
    """The location of the database and its key.

    Raises:
        OperatorError: others can read the key, or find it with the data, and the operator has not accepted this.
    """
    place = location(settings)
    require_private(place, accepted=settings.insecure_key)
    return place


def _require_database(place: Location) -> None:
    """Check that there is a database.

    Raises:
        OperatorError: there is none: it is the wrong folder, or the bot was never set up here.
    """
    if place.file is not None and not place.file.parent.is_dir():
        return  # Opening reports the missing folder, and does not make it.
    if not is_made(place):
        where = place.file.absolute() if place.file else "that address, or its key is missing"
        raise OperatorError(
            f"There is no database at {where}: check the folder and PORTEVOIX_DATABASE; `portevoix init` makes one."
        )


async def _open(settings: Settings) -> Core:
    place = located(settings)
    new_data, new_key = is_new(place), not place.key_file.exists()
    try:
        return await open_core(settings, SystemClock())
    finally:
        made_data, made_key = new_data and not is_new(place), new_key and place.key_file.exists()
        if made_data and place.file:
            note(f"A new database was made: {place.file.absolute()}")
        if made_data or made_key:
            note(f"Its key is {'new' if made_key else 'the one that was there'}: {place.key_file.absolute()}")
            note("Keep a copy of the key safe and apart from the data: without it nobody can read the data again.")
