"""Registers the commands, when what Discord has is not what there should be."""

import asyncio
from collections.abc import Mapping
from typing import Any, Literal

import aiohttp
import discord
import structlog
from discord.backoff import ExponentialBackoff
from discord.http import Route

from adapters.discord.commands.definitions import definitions
from bot.core import Core
from bot.settings.connections import Scope

JSON = dict[str, Any]
EVERYWHERE = None
"""Stands for all guilds and direct messages."""
FIRST_WAIT = 1
"""Seconds before it is tried again, at the least; the library's backoff makes it up to 17 minutes."""
OURS = (
    *("type", "name", "name_localizations", "description", "description_localizations", "options", "choices", "value"),
    *("required", "autocomplete", "min_value", "max_value", "min_length", "max_length"),
    *("contexts", "default_member_permissions"),
)
"""What makes two definitions differ; Discord adds ids, versions and defaults of its own."""
TOO_MANY = 429
REFUSALS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""Discord says no, or not before long (it takes 200 new commands a day), or nothing at all."""


class Registration:
    """Keeps at it until Discord has the commands; the operator is told once that it does not, and once when it does."""

    def __init__(self, core: Core, client: discord.Client) -> None:
        self._core = core
        self._client = client
        self._pending: dict[int | None, None] = {}
        """Where it is not known yet, in order."""
        self._troubled = False
        self._task: asyncio.Task[None] | None = None

    def start(self, *places: int | None) -> None:
        """Bring these guilds, or everywhere, to the registry: now, and again for as long as it fails."""
        self.stop()
        self._pending.update(dict.fromkeys(places))
        self._task = asyncio.create_task(self._insist())

    def stop(self) -> None:
        """Leave it for another time."""
        if self._task:
            self._task.cancel()

    async def _insist(self) -> None:
        backoff = ExponentialBackoff[Literal[False]](FIRST_WAIT)
        while failures := [error for place in list(self._pending) if (error := await self._try(place))]:
            asked = max((error.retry_after for error in failures if isinstance(error, discord.RateLimited)), default=0)
            await asyncio.sleep(max(asked, FIRST_WAIT, backoff.delay()))
        if self._troubled:
            structlog.get_logger().info("discord", commands="registered, at last")
            self._troubled = False

    async def _try(self, place: int | None) -> Exception | None:
        """Bring one place to the registry; one that refuses keeps back no other.

        Returns:
            Why it is worth another try, or None.
        """
        try:
            await _bring(self._client, place, self._wanted(place))
        except REFUSALS as error:
            if _for_good(error):
                structlog.get_logger().error("discord", commands=words(error), guild=place)
            elif not self._troubled:
                structlog.get_logger().error("discord", commands=f"{words(error)}, trying again", guild=place)
                self._troubled = True
            if not _for_good(error):
                return error
        self._pending.pop(place, None)
        return None

    def _wanted(self, place: int | None) -> list[JSON]:
        """The commands to be there: all of them or none, by setting; what a former setting left is cleared."""
        scope = Scope.GLOBAL if place is EVERYWHERE else Scope.GUILD
        wanted = definitions(self._core) if self._core.settings.discord.commands is scope else []
        if scope is Scope.GLOBAL:
            return wanted
        # What is made in a guild works in that guild alone, so Discord keeps no contexts of it.
        return [{key: value for key, value in one.items() if key != "contexts"} for one in wanted]


def words(error: Exception) -> str:
    """A refusal, for the operator."""
    return f"{error.status} {error.text}" if isinstance(error, discord.HTTPException) else str(error)


def _for_good(error: Exception) -> bool:
    """Whether trying again would be refused again: refusals count, and too many shut the address out."""
    return isinstance(error, discord.HTTPException) and 400 <= error.status < 500 and error.status != TOO_MANY


def same(held: Any, wanted: list[JSON]) -> bool:
    """Whether Discord has these commands and no others, in any order."""
    return _known(held) == _known(wanted)


async def held(client: discord.Client, guild: int | None) -> Any:
    """The commands Discord has, with their translations: discord.py's own call leaves those out."""
    where = "/guilds/{guild_id}" if guild else ""
    path = f"/applications/{{application_id}}{where}/commands"
    route = Route("GET", path, application_id=client.application_id, guild_id=guild)
    return await client.http.request(route, params={"with_localizations": 1})


async def _bring(client: discord.Client, guild: int | None, wanted: list[JSON]) -> None:
    if same(await held(client, guild), wanted):
        return
    structlog.get_logger().info("discord", commands=len(wanted), guild=guild)
    application, payload = client.application_id or 0, list[Any](wanted)
    if guild:
        await client.http.bulk_upsert_guild_commands(application, guild, payload)
    else:
        await client.http.bulk_upsert_global_commands(application, payload)


def _known(commands: Any) -> dict[tuple[int, str], Any]:
    return {(one.get("type", 1), one["name"]): _plain(one) for one in commands}


def _plain(value: Any) -> Any:
    """What counts of a definition; nothing, false and empty are the same to Discord."""
    if isinstance(value, Mapping):
        kept = value if "name" not in value else {key: value[key] for key in OURS if key in value}
        return {key: _plain(one) for key, one in kept.items() if one}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
