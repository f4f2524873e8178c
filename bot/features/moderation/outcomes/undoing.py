"""Undoes a decision, or narrows whom it is told to, before anybody has been told."""

from datetime import timedelta

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.features.moderation.outcomes.deciding import undo_button
from bot.features.moderation.queue import triage
from bot.feedback import items
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Buttons, Paragraph, Reply
from storage.items import feedback
from storage.items.desk import decisions
from storage.models import Feedback, History


async def undo(ctx: Context, number: Number, entry: Token) -> Reply:
    """Undo a decision before anybody hears of it."""

    def job(session: Session) -> Reply:
        item, made = _find(session, ctx, number, entry)
        decisions.take_back(session, item, made, ctx.now)
        status = items.state(ctx.speech, item)
        words = ctx.speech.say("Undone: #{number} is {status} again; nobody hears of it.", number=number, status=status)
        return triage.show_item(session, ctx, item, Paragraph(words))

    return await ctx.settle(job)


async def narrow(ctx: Context, number: Number, entry: Token, author: Token) -> Reply:
    """Let a decision be told to the author alone, or to the others alone."""
    # author: 1 for the author alone, 0 for those who support or follow it.

    def job(session: Session) -> Reply:
        item, made = _find(session, ctx, number, entry)
        left, speech = decisions.tell_only(session, item, made, authors=bool(author)), ctx.speech
        others = speech.say("Only those who support or follow it are told.")
        who = speech.say("Only the author is told.") if author else others
        heard = speech.count("{n} person will be told.", "{n} people will be told.", left)
        status = items.state(speech, item)
        done = speech.say("#{number} is now {status}.", number=number, status=status)
        undoing = Buttons((undo_button(ctx, item, made),))
        return triage.show_next(session, ctx, number, Paragraph(f"{done} {who} {heard}"), undoing)

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, number: int, entry: int) -> tuple[Feedback, History]:
    """Lock an item, and return it with the history entry of its last decision.

    Args:
        entry: the id of that entry.

    Raises:
        Outdated: it is not the last decision, or people may have been told of it.
    """
    item = items.find(session, ctx, number)
    feedback.hold(session, item)
    if feedback.last_decision(session, item) != entry:
        status = items.state(ctx.speech, item)
        words = ctx.speech.say(
            "Meanwhile this was undone or decided on anew: #{number} is {status}.", number=number, status=status
        )
        raise Outdated(words)
    made = decisions.recent(session, item, ctx.now - timedelta(seconds=ctx.own.undo))
    if made is None:
        words = ctx.speech.say(
            "It is too late to undo this: people have heard of it. Another decision tells them what changed."
        )
        raise Outdated(words)
    return item, made
