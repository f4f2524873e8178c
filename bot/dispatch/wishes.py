"""Answers alone who wishes to stay nameless, or to be read by the team only, where others read along."""

from dataclasses import replace

from bot.context import Context
from bot.recognition.wish import parse_wish


def answered_alone(ctx: Context) -> Context:
    """The call, with an answer that others do not read, if its words wish not to be shown: it repeats them."""
    if not (ctx.command.aloud and ctx.inbound.chat.overlooked) or ctx.inbound.button is not None:
        return ctx
    wishes = (parse_wish(text) for text in ctx.given.values())
    wished = any(wish.nameless or wish.team_only for wish in wishes)
    return replace(ctx, command=replace(ctx.command, aloud=False)) if wished else ctx
