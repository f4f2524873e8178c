"""Finds words of danger in whatever a person says to the bot; they are answered before anything else."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

from bot.commands.arguments import split
from bot.context import Context
from bot.feedback.help import help_perhaps
from bot.ports.inbound import Role
from bot.recognition.talk.talk import Kind, recognise
from bot.recognition.wish import without_wish

URGENT = "urgent"
NOT_CHECKED = frozenset({URGENT, "confide", "respond"})
"""The commands whose text is not checked: their users were shown help already, or answer somebody in danger."""
SHORTEST = 4
"""Characters of the shortest words of danger."""
FEWEST_WORDS = 3
"""Words of the shortest text whose meaning is checked."""


def urgent_call(ctx: Context) -> Context | None:
    """The call of the command that names human help, if what a member said to the bot tells of danger; else None.

    It replaces every other command, also one that asks for a number: neither limits nor mistakes nor an unknown
    community may keep help from the person. Other people's words, and talk among members, are not checked.
    """
    if not _is_heard(ctx):
        return None
    text = next((one for one in _texts(ctx) if ctx.core.recogniser.danger(one)), None)
    if text is None:
        return None
    kept = {"name": ctx.given.get("name", ""), "number": ctx.given.get("number", "")}
    if not kept["number"].isdigit():
        del kept["number"]
    return replace(ctx, command=ctx.core.registry.command(URGENT), given={**kept, "text": text})


async def with_help(ctx: Context) -> Context:
    """The call, with where to find help above its private answer, if what a member said may mean danger.

    Recognition by meaning is uncertain, so the call continues and nobody else is notified. The same applies to
    forwarded words of danger: the person who forwards them may only be worried about somebody.
    """
    if not _is_spoken(ctx) or not await _may_mean_danger(ctx):
        return ctx
    # An answer that others read would point at the person.
    command = replace(ctx.command, opening=help_perhaps(ctx), public=False, aloud=False)
    return replace(ctx, command=command)


async def _may_mean_danger(ctx: Context) -> bool:
    if ctx.inbound.forwarded and any(map(ctx.core.recogniser.danger, _texts(ctx))):
        return True
    said = {text: without_wish(text) for text in _texts(ctx)}
    looks = [_seems(ctx, text, told) for text, told in said.items() if len(told.split()) >= FEWEST_WORDS]
    if len(looks) == 1:
        # Nearly always; a task for it would take longer than its own work.
        return await looks[0]
    return any(await asyncio.gather(*looks))


async def _seems(ctx: Context, text: str, told: str) -> bool:
    """Whether a text may mean danger, apart from its wishes about name and audience; questions about privacy do not."""
    if not await ctx.core.semantic_recogniser.is_danger(told):
        return False
    found = recognise(text, spelled=True)
    return found is None or found.kind not in (Kind.PRIVACY, Kind.ERASURE)


def _is_heard(ctx: Context) -> bool:
    """Whether a member speaks to the bot in words of their own."""
    return _is_spoken(ctx) and not ctx.inbound.forwarded


def _is_spoken(ctx: Context) -> bool:
    """Whether a member says something to the bot, perhaps in somebody else's words."""
    command, inbound = ctx.command, ctx.inbound
    spoken = inbound.addressed or inbound.command
    return bool(spoken) and command.role is Role.MEMBER and command.name not in NOT_CHECKED


def _texts(ctx: Context) -> Iterator[str]:
    """What was said: the arguments, and the whole text, of which a command may have taken a part only."""
    typed = split(ctx.inbound.text)
    whole = typed.rest if typed else ctx.inbound.text
    if whole and whole not in ctx.given.values():
        yield whole
    yield from (value for value in ctx.given.values() if len(value) >= SHORTEST)
