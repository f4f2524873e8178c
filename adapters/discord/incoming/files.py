"""Takes files while Discord still has them: their links expire."""

import mimetypes
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import discord

from bot.ports.inbound import File, Lost

JSON = Mapping[str, Any]
MOST_FILES = 10
UNKNOWN = "application/octet-stream"


class Files:
    """Fetches the files of one bot's interactions and messages.

    Attributes:
        most: the largest one that is taken, in bytes.
    """

    def __init__(self, client: discord.Client, most: int) -> None:
        self._client = client
        self.most = most

    async def taken_from(self, message: discord.Message) -> tuple[File, ...]:
        """The files of a message."""
        return await self.taken([dict(one.to_dict()) for one in message.attachments])

    async def taken(self, described: Sequence[JSON]) -> tuple[File, ...]:
        """The files Discord describes; one that is too large, or gone, comes without its content and says so."""
        return tuple([await self._file(one) for one in described[:MOST_FILES]])

    async def _file(self, one: JSON) -> File:
        name = str(one.get("filename", "file"))
        kind = str(one.get("content_type") or mimetypes.guess_type(name)[0] or UNKNOWN).partition(";")[0]
        if int(one.get("size", 0)) > self.most:
            return File(name, kind, b"", Lost.TOO_LARGE)
        try:
            content = await self._client.http.get_from_cdn(str(one["url"]))
        except (discord.HTTPException, aiohttp.ClientError):
            return File(name, kind, b"", Lost.UNFETCHED)
        return File(name, kind, content)
