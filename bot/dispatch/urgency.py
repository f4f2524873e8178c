"""Finds words of danger in whatever a person says to the bot: they are answered before anything else is looked at."""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.arguments import split
from bot.context import Context
from bot.ports.inbound import Role

URGENT = "urgent"
UNHEARD = frozenset({URGENT, "respond"})
"""The commands whose text may speak of danger without help for who types it: a contact answers who needs it."""
SHORTEST = 4
"""Characters of the shortest words of danger."""


def urgent_call(ctx: Context) -> Context | None:
    """The call of the command that names human help, if what a member said to the bot tells of danger; else None.

    It takes the place of every other command, also of one that asks for a number: neither limits nor mistakes nor an
    unknown community may stand before help. Other people's words, and talk among members, are left alone.
    """
    command, inbound = ctx.command, ctx.inbound
    spoken = (inbound.addressed or inbound.command) and not inbound.forwarded
    if not spoken or command.role is not Role.MEMBER or command.name in UNHEARD:
        return None
    text = next((one for one in _texts(ctx) if ctx.core.recogniser.danger(one)), None)
    if text is None:
        return None
    kept = {"name": ctx.given.get("name", ""), "number": ctx.given.get("number", "")}
    if not kept["number"].isdigit():
        del kept["number"]
    return replace(ctx, command=ctx.core.registry.command(URGENT), given={**kept, "text": text})


def _texts(ctx: Context) -> Iterator[str]:
    """What was said: the arguments, and the whole text, of which a command may have taken a part only."""
    typed = split(ctx.inbound.text)
    whole = typed.rest if typed else ctx.inbound.text
    if whole and whole not in ctx.given.values():
        yield whole
    yield from (value for value in ctx.given.values() if len(value) >= SHORTEST)
