"""Downloads the files of an event from the platform, once it is decided to store some of them."""

import asyncio
from dataclasses import replace

from bot.context import Context
from bot.feedback.attachments.filetypes import examine, is_picture
from bot.pictures import reencode
from bot.ports.inbound import File, Lost


async def fetch(ctx: Context) -> Context:
    """A copy of the call with its files downloaded, and pictures re-encoded from their pixels, without metadata."""
    if not ctx.inbound.attachments:
        return ctx
    found = tuple([await _bring(ctx, file) for file in ctx.inbound.attachments])
    return replace(ctx, inbound=replace(ctx.inbound, attachments=found))


async def _bring(ctx: Context, file: File) -> File:
    brought = await file.source() if file.source else file
    brought = replace(brought, source=None)
    known = examine(brought)
    if known is None or known.lost or not is_picture(known):
        return brought
    async with ctx.core.picture_lock:
        made = await asyncio.to_thread(reencode, known.content)
    return replace(known, content=made) if made else replace(known, content=b"", lost=Lost.UNREADABLE)
