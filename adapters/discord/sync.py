"""Registers the commands, when what Discord has is not what there should be."""

from collections.abc import Mapping
from typing import Any

import discord
import structlog

from adapters.discord.definitions import definitions
from bot.config import Scope
from bot.context import Core

JSON = dict[str, Any]


async def publish(core: Core, client: discord.Client) -> None:
    """Bring the commands Discord has to those of the registry, globally or in each guild, and clear the other."""
    wanted = definitions(core)
    if core.settings.discord.commands is Scope.GLOBAL:
        await _bring(client, None, wanted)
        return
    await _bring(client, None, [])
    for guild in client.guilds:
        await publish_in(core, client, guild.id)


async def publish_in(core: Core, client: discord.Client, guild: int) -> None:
    """The same for one guild; one that was left stale heals."""
    wanted = definitions(core) if core.settings.discord.commands is Scope.GUILD else []
    await _bring(client, guild, wanted)


async def _bring(client: discord.Client, guild: int | None, wanted: list[JSON]) -> None:
    application = client.application_id or 0
    http = client.http
    held = await (http.get_guild_commands(application, guild) if guild else http.get_global_commands(application))
    if _same(held, wanted):
        return
    structlog.get_logger().info("discord", commands=len(wanted), guild=guild)
    if guild:
        await http.bulk_upsert_guild_commands(application, guild, wanted)
    else:
        await http.bulk_upsert_global_commands(application, wanted)


def _same(held: Any, wanted: list[JSON]) -> bool:
    """Whether Discord has these commands, in any order; what it adds of its own is left out."""
    found = {(one["type"], one["name"]): one for one in held}
    if len(found) != len(wanted):
        return False
    return all(_fits(one, found.get((one["type"], one["name"]))) for one in wanted)


def _fits(wanted: Any, held: Any) -> bool:
    """Whether all that is wanted is there; nothing, false and empty are the same to Discord."""
    if isinstance(wanted, Mapping):
        return isinstance(held, Mapping) and all(_fits(value, held.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list) and wanted and isinstance(held, list):
        return len(wanted) == len(held) and all(_fits(one, other) for one, other in zip(wanted, held, strict=True))
    return (not wanted and not held) or wanted == held
