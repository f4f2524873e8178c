"""Leases and opens shards one after another, where several processes share them."""

import asyncio
from collections.abc import Awaitable, Callable

import discord
import structlog
import yarl

from adapters.discord.names import PLATFORM
from storage.engine import leases
from storage.engine.leases import Leases

OPENING_PAUSE = 5.0
"""Seconds between opening two shards: Discord lets a bot open one in this time."""
Retry = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]


class Shards:
    """The shards leased to this process: it repeatedly leases a free one and opens it.

    As it pauses after each, processes that start together get about as many each.

    Args:
        client: logged in, and opening no shard by itself.
        before: called before each is opened.
    """

    def __init__(self, own: Leases, client: discord.AutoShardedClient, before: Callable[[], Awaitable[None]]) -> None:
        self._leases = own
        self._client = client
        self._before = before
        self._mine: list[int] = []
        self._count = 0
        self._told = False

    async def run(self, retry: Retry) -> None:
        """Lease and open free shards until cancelled.

        Args:
            retry: calls Discord until it answers.

        Raises:
            StoreLost: every lease was lost, and the shards must be closed.
        """
        await retry(self._ask_count)
        while True:
            shard = await self._take_one()
            if shard is not None:
                await self._open(shard)
            elif len(self._mine) < self._count:
                self._stand_by()
            await asyncio.sleep(leases.CHECK_SECONDS if shard is None else OPENING_PAUSE)

    async def _ask_count(self) -> None:
        """Use the shard count of the processes already running, as Discord's recommendation may have changed since."""
        advised, self._gateway, _ = await self._client.http.get_bot_gateway()
        known = [number >> leases.PART_BITS for number in await self._leases.held(PLATFORM)]
        self._count = max(known, default=advised)
        self._client.shard_count = self._client._connection.shard_count = self._count
        # The library reports readiness once this many shards are ready; here each one is reported by itself.
        self._client._connection.shard_ids = self._mine

    async def _take_one(self) -> int | None:
        for shard in range(self._count):
            if shard not in self._mine and await self._leases.take(PLATFORM, self._count << leases.PART_BITS | shard):
                return shard
        return None

    async def _open(self, shard: int) -> None:
        if self._told:
            structlog.get_logger().info("takes over", task=PLATFORM, shard=shard, shards=self._count)
        self._mine.append(shard)
        await self._before()
        await self._client.launch_shard(yarl.URL(self._gateway), shard, initial=True)

    def _stand_by(self) -> None:
        if not self._told:
            structlog.get_logger().info("stands by", task=PLATFORM, shards=self._count, own=len(self._mine))
        self._told = True
