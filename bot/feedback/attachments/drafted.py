"""Keeps the files of a draft in memory, and returns them when it is sent or rewritten."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from bot.context import Context
from bot.ports.inbound import File, Lost

FILES = "files"
"""The argument of a draft that names its files: a key, then the type and name of each, a line each."""


def keep(ctx: Context) -> dict[str, str]:
    """Keep the files of this event in memory; returns the draft's argument that names them, empty without files."""
    files = ctx.inbound.attachments
    if not files:
        return {}
    key = secrets.token_hex(8)
    ctx.core.drafted_files.keep(key, ctx.holder, files, ctx.now)
    return {FILES: "\n".join((key, *(f"{file.media_type} {_line(file.name)}" for file in files)))}


def recall(ctx: Context, args: Mapping[str, str]) -> Context:
    """A copy of the call with a draft's files attached; those no longer in memory are marked as not fetched."""
    key, *named = args.get(FILES, "").split("\n")
    if not named or ctx.inbound.attachments:
        return ctx
    files = ctx.core.drafted_files.find(key, ctx.holder, ctx.now) or tuple(map(_lost, named))
    return replace(ctx, inbound=replace(ctx.inbound, attachments=files))


def _lost(named: str) -> File:
    media_type, _, name = named.partition(" ")
    return File(name, media_type, lost=Lost.UNFETCHED)


def _line(name: str) -> str:
    return " ".join(name.split())
