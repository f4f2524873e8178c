"""Connects to Discord and reconnects, until the connection ends for good."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count

import aiohttp
import discord

from adapters.discord.connection.log import ConnectionLog
from adapters.discord.connection.shards import Shards
from adapters.discord.outgoing.refusals import REFUSED_CREDENTIALS
from adapters.discord.outgoing.wiring import reset_login
from bot.errors import OperatorError
from bot.standby import first_of
from storage.engine.leases import Leases

BACKOFF = (1, 2, 5, 10, 30)
"""Seconds between attempts to connect."""
UNREACHABLE = (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError)
UNEXPECTED_ANSWER = (discord.NotFound, LookupError, TypeError, ValueError, AttributeError)
"""Errors of the library when the answer is not Discord's: another page, other keys, 404."""
NOT_DISCORD = "What answers at discord.api_url does not answer as Discord does, trying again"
BAD_TOKEN = 4004
"""The gateway's close code for an invalid token."""
WITHOUT_INTENT = (
    "Switch on the Message Content Intent in Discord's developer portal, or set discord.message_content to false."
)


class ConnectionLoop:
    """Keeps one bot connected.

    Args:
        leases: the leases for shards, where several processes share them; else None.
        before: called before each shard is opened.
        ready: called after the login where shards are leased, since the bot can deliver even without a shard.
    """

    def __init__(
        self,
        client: discord.AutoShardedClient,
        token: str,
        log: ConnectionLog,
        leases: Leases | None,
        before: Callable[[], Awaitable[None]],
        ready: Callable[[], None],
    ) -> None:
        self._client = client
        self._token = token
        self._log = log
        self._leases = leases
        self._before = before
        self._ready = ready

    async def stay_connected(self) -> None:
        """Log in and stay connected; while Discord cannot be reached, log that and retry.

        Raises:
            discord.DiscordException: Discord ended the connection for good.
        """
        await self._retry(lambda: self._client.login(self._token), lambda: reset_login(self._client))
        if self._leases is None:
            await self._retry(self._client.connect)
            return
        self._ready()
        shards = Shards(self._leases, self._client, self._before)
        await first_of(partial(self._retry, self._client.connect), partial(shards.run, self._retry))

    async def until_ended(self, connection: "asyncio.Task[None]") -> None:
        """Wait until the connection ends, or the leases on shards are lost.

        Raises:
            OperatorError: Discord refuses the token, or an intent is not switched on.
        """
        try:
            with self._log:
                # In a task, because the library swallows cancellations while it reconnects.
                await self._wait(connection)
        except discord.LoginFailure:
            raise OperatorError(REFUSED_CREDENTIALS) from None
        except discord.PrivilegedIntentsRequired:
            raise OperatorError(WITHOUT_INTENT) from None
        except discord.ConnectionClosed as error:
            told = f"Discord ended the connection for good (close code {error.code})."
            raise OperatorError(REFUSED_CREDENTIALS if error.code == BAD_TOKEN else told) from None

    async def _wait(self, connection: "asyncio.Task[None]") -> None:
        lost = [asyncio.create_task(leases.lost())] if (leases := self._leases) else []
        try:
            done, _ = await asyncio.wait([connection, *lost], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in lost:
                task.cancel()

    async def _retry(
        self, call: Callable[[], Awaitable[None]], between: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Call Discord until it answers, without limit.

        Args:
            between: called before each retry.

        Raises:
            discord.LoginFailure: the token is refused.
            discord.ConnectionClosed: Discord ended the connection and does not allow another.
        """
        for attempt in count():
            try:
                await call()
            except (discord.LoginFailure, discord.ConnectionClosed):
                raise
            except (*UNREACHABLE, *UNEXPECTED_ANSWER) as error:
                if self._client.is_closed():
                    raise
                self._log.report_failure(error, NOT_DISCORD if isinstance(error, UNEXPECTED_ANSWER) else "")
                await asyncio.sleep(BACKOFF[min(attempt, len(BACKOFF) - 1)])
                if between:
                    await between()
            else:
                return
