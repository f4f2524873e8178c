"""Fetches the files of an event from the platform, once something is to be kept of them."""

import asyncio
from dataclasses import replace

from bot.context import Context
from bot.feedback.attachments.filetypes import examine, is_picture
from bot.pictures import reencode
from bot.ports.inbound import File, Lost


async def fetch(ctx: Context) -> Context:
    """The call with the files of its event fetched, and pictures made anew from what they show alone."""
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
