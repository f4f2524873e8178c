"""The members of guilds as Discord tells them when asked, each remembered for a minute.

Asked for, since Discord tells a bot of members only with the privileged intent for them; remembered, since every
completion and button in a direct message needs them.
"""

import asyncio
import time
from collections.abc import Callable

import aiohttp
import discord
import structlog

from adapters.bounded import BoundedDict

REMEMBERED = 60.0
"""Seconds for which an answer counts: what roles may do is told at once, only who has them may be known late."""
FAILED = 2.0
"""Seconds after which a lookup that failed is tried again; one event asks for a person more than once."""
LOOKUP_TIMEOUT = 5.0
"""Seconds to wait for Discord when a member is looked up."""
Looked = asyncio.Task[discord.Member | None]


class Membership:
    """Looks up the members of guilds, each once at a time.

    Args:
        now: a monotonic clock, in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._looked: BoundedDict[tuple[int, int], tuple[float, Looked]] = BoundedDict()
        """By guild and account: until when it counts, and the lookup."""
        self._known: BoundedDict[tuple[int, int], discord.Member | None] = BoundedDict()
        """By guild and account, what Discord told last."""

    async def find(self, guild: discord.Guild, account: int) -> discord.Member | None:
        """The member of a guild, or None when not a member; while Discord fails, as it was when it told last."""
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
