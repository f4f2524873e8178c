"""Registers the commands, when what Discord has is not what there should be."""

from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
import structlog
from discord.http import Route

from adapters.discord.definitions import definitions
from bot.config import Scope
from bot.context import Core

JSON = dict[str, Any]
OURS = (
    *("type", "name", "name_localizations", "description", "description_localizations", "options", "choices", "value"),
    *("required", "autocomplete", "min_value", "max_value", "min_length", "max_length"),
    *("contexts", "default_member_permissions"),
)
"""What makes two definitions differ; Discord adds ids, versions and defaults of its own."""
REFUSALS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""Discord says no, or not before long (it takes 200 new commands a day), or nothing at all."""


async def publish(core: Core, client: discord.Client) -> None:
    """Bring the commands Discord has to those of the registry: globally or in each guild, and cleared in the other."""
    everywhere = core.settings.discord.commands is Scope.GLOBAL
    await _bring(client, None, definitions(core) if everywhere else [])
    for guild in client.guilds:
        await publish_in(core, client, guild.id)


async def publish_in(core: Core, client: discord.Client, guild: int) -> None:
    """The same for one guild: one that was left stale heals, and one that refuses keeps back no other."""
    wanted = definitions(core) if core.settings.discord.commands is Scope.GUILD else []
    # What is made in a guild works in that guild alone, so Discord keeps no contexts of it.
    local = [{key: value for key, value in one.items() if key != "contexts"} for one in wanted]
    try:
        await _bring(client, guild, local)
    except REFUSALS as error:
        structlog.get_logger().error("discord", commands=words(error), guild=guild)


def words(error: Exception) -> str:
    """A refusal, for the operator."""
    return f"{error.status} {error.text}" if isinstance(error, discord.HTTPException) else str(error)


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
