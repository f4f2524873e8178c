"""Downloads attachments at once, since their links expire."""

import mimetypes
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import discord

from bot.ports.inbound import File, Lost

MOST_FILES = 10
UNKNOWN = "application/octet-stream"


class Files:
    """Downloads the files of interactions and messages for one bot.

    Attributes:
        most: the largest size downloaded, in bytes.
    """

    def __init__(self, client: discord.Client, most: int) -> None:
        self._client = client
        self.most = most

    async def fetch_of_message(self, message: discord.Message) -> tuple[File, ...]:
        """Download the files of a message, and of the one it forwards."""
        forwarded = [one for snapshot in message.message_snapshots for one in snapshot.attachments]
        return await self.fetch([dict(one.to_dict()) for one in (*message.attachments, *forwarded)])

    async def fetch(self, described: Sequence[Mapping[str, Any]]) -> tuple[File, ...]:
        """Download the files Discord describes; one that is too large or gone has no content, and `lost` says why."""
        return tuple([await self._fetch_one(one) for one in described[:MOST_FILES]])

    async def _fetch_one(self, one: Mapping[str, Any]) -> File:
        name = str(one.get("filename", "file"))
        kind = str(one.get("content_type") or mimetypes.guess_type(name)[0] or UNKNOWN).partition(";")[0]
        if int(one.get("size", 0)) > self.most:
            return File(name, kind, b"", Lost.TOO_LARGE)
        try:
            content = await self._client.http.get_from_cdn(str(one["url"]))
        except (discord.HTTPException, aiohttp.ClientError):
            return File(name, kind, b"", Lost.UNFETCHED)
        return File(name, kind, content)
