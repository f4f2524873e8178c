"""Fetches members of guilds from Discord, with a cache of one minute.

Fetched, since Discord sends members to a bot only with the privileged intent for them; cached, since every completion
and button in a direct message needs them.
"""

import asyncio
import time
from collections.abc import Callable

import aiohttp
import discord
import structlog

from adapters.bounded import BoundedDict

REMEMBERED = 60.0
"""Seconds for which an answer is cached. Changes of roles' permissions arrive at once, only of their holders late."""
FAILED = 2.0
"""Seconds for which a failed lookup is not repeated, as one event looks a person up more than once."""
LOOKUP_TIMEOUT = 5.0
"""Seconds to wait for Discord when a member is looked up."""
Looked = asyncio.Task[discord.Member | None]


class Membership:
    """Looks up members of guilds; concurrent lookups of the same member share one request.

    Args:
        now: a monotonic clock, in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._looked: BoundedDict[tuple[int, int], tuple[float, Looked]] = BoundedDict()
        """By guild and account, the lookup and until when it is valid."""
        self._known: BoundedDict[tuple[int, int], discord.Member | None] = BoundedDict()
        """By guild and account, the last answer of Discord."""

    async def find(self, guild: discord.Guild, account: int) -> discord.Member | None:
        """The member of a guild, or None when not a member; while Discord fails, the last known answer."""
        key = (guild.id, account)
        until, task = self._looked.get(key, (0.0, None))
        if task is None or self._now() >= until:
            task = asyncio.create_task(self._look_up(guild, account))
            self._looked[key] = self._now() + REMEMBERED, task
        return await asyncio.shield(task)

    async def _look_up(self, guild: discord.Guild, account: int) -> discord.Member | None:
        key = (guild.id, account)
        try:
            async with asyncio.timeout(LOOKUP_TIMEOUT):
                self._known[key] = await guild.fetch_member(account)
        except discord.NotFound:
            self._known[key] = None
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            # TimeoutError is an OSError.
            if (looked := self._looked.get(key)) is not None:
                self._looked[key] = self._now() + FAILED, looked[1]
            structlog.get_logger().error("discord", role_unknown=type(error).__name__)
        return self._known.get(key)
