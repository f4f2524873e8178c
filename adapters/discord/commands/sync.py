"""Registers the commands with Discord where the registered ones differ."""

import asyncio
from typing import Any, Literal

import aiohttp
import discord
import structlog
from discord.backoff import ExponentialBackoff
from discord.http import Route

from adapters.discord.commands.definitions import definitions
from adapters.discord.outgoing.drawing.markdown import SlashCommand
from adapters.values import JSON
from bot.core import Core
from bot.settings.connections import Scope

GLOBAL = None
"""Instead of a guild's id: commands registered for all guilds and direct messages."""
FIRST_BACKOFF = 1
"""Seconds before the first retry; the library's exponential backoff makes it up to 17 minutes."""
COMPARED_KEYS = (
    *("type", "name", "name_localizations", "description", "description_localizations", "options", "choices", "value"),
    *("required", "autocomplete", "min_value", "max_value", "min_length", "max_length"),
    *("contexts", "default_member_permissions"),
)
"""The keys by which definitions are compared; Discord adds ids, versions and defaults of its own."""
RATE_LIMITED = 429
API_ERRORS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""Discord refuses, asks for a long wait (it takes 200 new commands a day), or does not answer."""


class Registration:
    """Registers the commands and retries until Discord has them; logs the first failure and the recovery."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._pending: dict[int | None, None] = {}
        """The guilds, or `GLOBAL`, whose registration is not confirmed yet, in order (values are unused)."""
        self.known: dict[str, SlashCommand] = {}
        """The slash commands registered for all guilds, by name, so that replies can link to them."""
        self._failing = False
        self._task: asyncio.Task[None] | None = None

    def start(self, *places: int | None) -> None:
        """Register the commands in these guilds, or `GLOBAL`, in a task that retries until it succeeds."""
        self.stop()
        self._pending.update(dict.fromkeys(places))
        self._task = asyncio.create_task(self._retry())

    def stop(self) -> None:
        """Cancel the task; pending registrations are made after the next `start`."""
        if self._task:
            self._task.cancel()

    async def _retry(self) -> None:
        backoff = ExponentialBackoff[Literal[False]](FIRST_BACKOFF)
        while failures := [error for place in list(self._pending) if (error := await self._register_in(place))]:
            asked = max((error.retry_after for error in failures if isinstance(error, discord.RateLimited)), default=0)
            await asyncio.sleep(max(asked, FIRST_BACKOFF, backoff.delay()))
        if self._failing:
            structlog.get_logger().info("discord", commands="registered, at last")
            self._failing = False

    async def _register_in(self, place: int | None) -> Exception | None:
        """Register in one guild, or `GLOBAL`; a failure does not affect the others.

        Returns:
            The error when a retry may help, or None.
        """
        try:
            held = await _upsert(self._client, place, self._wanted_in(place))
            if place is GLOBAL:
                self.known.update(_linkable(held))
        except API_ERRORS as error:
            if _is_permanent(error):
                structlog.get_logger().error("discord", commands=describe_error(error), guild=place)
            elif not self._failing:
                structlog.get_logger().error("discord", commands=f"{describe_error(error)}, trying again", guild=place)
                self._failing = True
            if not _is_permanent(error):
                return error
        self._pending.pop(place, None)
        return None

    def _wanted_in(self, place: int | None) -> list[JSON]:
        """The commands wanted in a guild, or `GLOBAL`: none in the scope that is not set, which removes former ones."""
        scope = Scope.GLOBAL if place is GLOBAL else Scope.GUILD
        wanted = definitions(self._core) if self._core.settings.discord.commands is scope else []
        if scope is Scope.GLOBAL:
            return wanted
        # Discord stores no `contexts` for commands of a single guild.
        return [{key: value for key, value in one.items() if key != "contexts"} for one in wanted]


def describe_error(error: Exception) -> str:
    """An error in words for the log."""
    return f"{error.status} {error.text}" if isinstance(error, discord.HTTPException) else str(error)


def _is_permanent(error: Exception) -> bool:
    """Whether a retry would fail too; it must be avoided, as Discord bans addresses that send many invalid requests."""
    return isinstance(error, discord.HTTPException) and 400 <= error.status < 500 and error.status != RATE_LIMITED


def are_same(held: Any, wanted: list[JSON]) -> bool:
    """Whether two lists hold the same commands, in any order."""
    return len(held) == len(wanted) and _by_type_and_name(held) == _by_type_and_name(wanted)


async def fetch_commands(client: discord.Client, guild: int | None) -> Any:
    """The commands registered in a guild, or globally, with translations, which discord.py's own call omits."""
    where = "/guilds/{guild_id}" if guild else ""
    path = f"/applications/{{application_id}}{where}/commands"
    route = Route("GET", path, application_id=client.application_id, guild_id=guild)
    return await client.http.request(route, params={"with_localizations": 1})


async def _upsert(client: discord.Client, guild: int | None, wanted: list[JSON]) -> Any:
    """Register the commands if they differ; return them as Discord stores them, with their ids."""
    held = await fetch_commands(client, guild)
    if are_same(held, wanted):
        return held
    structlog.get_logger().info("discord", commands=len(wanted), guild=guild)
    application, payload = client.application_id or 0, list[Any](wanted)
    if guild:
        return await client.http.bulk_upsert_guild_commands(application, guild, payload)
    return await client.http.bulk_upsert_global_commands(application, payload)


def _linkable(held: Any) -> dict[str, SlashCommand]:
    """The slash commands among registered commands, by name."""
    slash = discord.AppCommandType.chat_input.value
    return {one["name"]: SlashCommand(one["name"], int(one["id"])) for one in held if one.get("type", slash) == slash}


def _by_type_and_name(commands: Any) -> dict[tuple[int, str], Any]:
    return {
        (one.get("type", discord.AppCommandType.chat_input.value), one["name"]): _normalise(one) for one in commands
    }


def _normalise(value: Any) -> Any:
    """A definition reduced to the compared keys, without false and empty values, which Discord treats as missing."""
    if isinstance(value, dict):
        kept = value if "name" not in value else {key: value[key] for key in COMPARED_KEYS if key in value}
        return {key: _normalise(one) for key, one in kept.items() if one}
    if isinstance(value, (list, tuple)):
        return [_normalise(one) for one in value]
    return value
