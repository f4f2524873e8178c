"""The command that marks a problem as severe, or as not severe."""

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.features.moderation.queue.finding import actor, find
from bot.features.moderation.queue.triage import show_item
from bot.feedback.desk import severity
from bot.ports.reply import Paragraph, Reply
from storage.items.support import groups
from storage.vocabulary import Urgency


async def severe(ctx: Context, number: Number, on: Token) -> Reply:
    """Say that a problem is severe, which staff hear of at once, or that it is not."""
    # on: 1 for severe, 0 for not severe.

    def job(session: Session) -> Reply:
        item = find(session, ctx, number)
        groups.hold(session, item)
        if on == (item.urgency == Urgency.SEVERE):
            return show_item(session, ctx, item)
        if on:
            severity.mark_severe(session, ctx, item, actor(session, ctx, item))
            words = ctx.speech.say("#{number} is marked as severe; the staff hear of it now.", number=number)
        else:
            severity.unmark_severe(session, ctx, item, actor(session, ctx, item))
            words = ctx.speech.say("#{number} is not marked as severe any more.", number=number)
        return show_item(session, ctx, item, Paragraph(words))

    return await ctx.settle(job)
