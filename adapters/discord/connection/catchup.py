"""Answers messages sent while the bot was not connected, for each shard after it has reconnected."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import discord
import structlog

from adapters.discord.connection import absence
from adapters.discord.connection.gateway import Gateway
from bot.core import Core


class CatchUp:
    """Finds and answers the messages that one bot may have missed.

    Args:
        is_addressed: whether a message is addressed to the bot.
        answer: answers a message that was missed; it is not cancelled.
    """

    def __init__(
        self,
        core: Core,
        client: Gateway,
        is_addressed: absence.IsAddressed,
        answer: Callable[[discord.Message], Coroutine[Any, Any, None]],
    ) -> None:
        self._core = core
        self._client = client
        self._is_addressed = is_addressed
        self._answer = answer
        self._before_start: int | None = None
        self._missed_since: dict[int, int | None] = {}
        """By shard that was connected before, the snowflake since which messages may be missed; None for none."""

    async def before_connect(self) -> None:
        """Read since when messages may have been missed; called before new events arrive."""
        self._before_start = await absence.last_seen(self._core)

    def connection_lost(self, shard: int) -> None:
        """Record since when messages of a shard may be missed."""
        if shard in self._missed_since:
            self._missed_since[shard] = self._missed_since[shard] or absence.snowflake_before_loss()

    def due(self, shard: int) -> int | None:
        """The snowflake from which a newly connected shard may have missed messages; None if it has missed none."""
        since, self._missed_since[shard] = self._missed_since.get(shard, self._before_start), None
        return since

    async def run(self, since: int) -> None:
        """Answer missed messages one after another; if cancelled, the current one is still answered."""
        try:
            await self._client.wait_for_guilds()
            async for message in absence.missed(self._core, self._client, since, self._is_addressed):
                await asyncio.shield(asyncio.create_task(self._answer(message)))
        except Exception as error:
            structlog.get_logger().error("discord", missed=type(error).__name__)
