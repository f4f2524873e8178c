"""Undoes a decision while nobody has heard of it."""

from datetime import timedelta

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.features.moderation import triage
from bot.feedback import items
from bot.feedback.outdated import Outdated
from bot.ports.reply import Paragraph, Reply
from storage.items import decisions, feedback


async def undo(ctx: Context, number: Number, entry: Token) -> Reply:
    """Undo a decision before anybody hears of it."""

    def job(session: Session) -> Reply:
        item = items.find(session, ctx, number)
        feedback.hold(session, item)
        made = decisions.recent(session, item, ctx.now - timedelta(seconds=ctx.own.undo))
        if made is None or made.id != entry:
            words = ctx.speech.say(
                "It is too late to undo this: people have heard of it. Another decision tells them what changed."
            )
            raise Outdated(words)
        decisions.take_back(session, item, made, ctx.now)
        status = items.status_word(ctx.speech, item)
        words = ctx.speech.say("Undone: #{number} is {status} again; nobody hears of it.", number=number, status=status)
        return triage.show_item(session, ctx, item, Paragraph(words))

    return await ctx.settle(job)
