"""Answers in private those who ask in public to stay nameless, or to be read by the team only."""

from dataclasses import replace

from bot.context import Context
from bot.recognition.wish import parse_wish


def answered_alone(ctx: Context) -> Context:
    """The call, with a private answer if its words ask not to be shown, since the answer repeats them."""
    if not (ctx.command.aloud and ctx.inbound.chat.overlooked) or ctx.inbound.button is not None:
        return ctx
    wishes = (parse_wish(text) for text in ctx.given.values())
    wished = any(wish.nameless or wish.team_only for wish in wishes)
    return replace(ctx, command=replace(ctx.command, aloud=False)) if wished else ctx
