"""Describes attachments, each with a function that downloads it when it is needed."""

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import aiohttp
import discord

from bot.ports.inbound import File, Lost

MOST_FILES = 10
UNKNOWN = "application/octet-stream"


class Files:
    """Describes the files of interactions and messages for one bot, and downloads them on demand.

    Attributes:
        most: the largest size downloaded, in bytes.
    """

    def __init__(self, client: discord.Client, most: int) -> None:
        self._client = client
        self.most = most

    def of_message(self, message: discord.Message) -> tuple[File, ...]:
        """The files of a message, and of the one it forwards."""
        forwarded = [one for snapshot in message.message_snapshots for one in snapshot.attachments]
        return self.read([dict(one.to_dict()) for one in (*message.attachments, *forwarded)])

    def read(self, described: Sequence[Mapping[str, Any]]) -> tuple[File, ...]:
        """The files in Discord's description; one that is too large is marked as lost."""
        return tuple(self._read_one(one) for one in described[:MOST_FILES])

    def _read_one(self, one: Mapping[str, Any]) -> File:
        name = str(one.get("filename", "file"))
        kind = str(one.get("content_type") or mimetypes.guess_type(name)[0] or UNKNOWN).partition(";")[0]
        found = File(name, kind)
        if int(one.get("size", 0)) > self.most:
            return replace(found, lost=Lost.TOO_LARGE)
        return replace(found, source=partial(self._fetch, found, str(one.get("url", ""))))

    async def _fetch(self, found: File, url: str) -> File:
        """Download a file; if it was deleted, the result has no content, and `lost` is set."""
        try:
            return replace(found, content=await self._client.http.get_from_cdn(url))
        except (discord.HTTPException, aiohttp.ClientError, TimeoutError):
            return replace(found, lost=Lost.UNFETCHED)
