"""Sends an interaction's first response, with one retry when the connection broke."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

CONNECTION_ERRORS = (aiohttp.ClientError, OSError)
"""The connection broke; the response may have taken effect or not."""
ALREADY_ACKNOWLEDGED = 40060
"""Discord's error code for an interaction that was acknowledged before."""
LIBRARY_RETRY = 1.0
"""Seconds after which the library may have retried by itself, as it does after a server error (5xx)."""
T = TypeVar("T")


async def send_first_response(respond: Callable[[], Awaitable[T]]) -> T | None:
    """Send a first response, retrying once. A retry refused as already acknowledged means that the first one arrived.

    Args:
        respond: sends it; must be callable twice.

    Returns:
        The result of `respond`; None if the first attempt arrived but its result was lost.

    Raises:
        discord.HTTPException: Discord refuses it.
        aiohttp.ClientError: the connection broke twice.
        OSError: likewise.
    """
    started, repeated = time.monotonic(), False
    try:
        try:
            return await respond()
        except CONNECTION_ERRORS:
            repeated = True
            return await respond()
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED or not (repeated or time.monotonic() - started >= LIBRARY_RETRY):
            raise
        return None
