"""Gives an interaction's first response, and once more where the line broke: nobody else would."""

import time
from collections.abc import Awaitable, Callable

import aiohttp
import discord

LOST = (aiohttp.ClientError, OSError)
"""The line broke, before the response took effect or after."""
ALREADY = 40060
"""Discord's code for an interaction that was acknowledged before."""
REPEATED = 1.0
"""Seconds after which the library has repeated a response by itself, as it does when Discord fails (5xx)."""
Respond = Callable[[], Awaitable[object]]


async def give(respond: Respond) -> None:
    """Give a first response; that a repetition of it comes too late, as it was there already, is as good.

    Args:
        respond: gives it; called a second time, it reads its files from the beginning.

    Raises:
        discord.HTTPException: Discord refuses it.
        aiohttp.ClientError: the line broke twice.
        OSError: likewise.
    """
    started, repeated = time.monotonic(), False
    try:
        try:
            await respond()
        except LOST:
            repeated = True
            await respond()
    except discord.HTTPException as error:
        if error.code != ALREADY or not (repeated or time.monotonic() - started >= REPEATED):
            raise
