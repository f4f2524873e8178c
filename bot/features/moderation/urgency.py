"""The command that marks a problem as severe, or as not severe."""

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.features.moderation.queue.triage import show_item
from bot.feedback import items
from bot.feedback.audience.visibility import may_see
from bot.feedback.desk import severity
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Paragraph, Reply
from storage.items import feedback
from storage.items.support import groups
from storage.models import Feedback
from storage.vocabulary import Audience, Urgency


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


def find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, if moderators may see it; its author finds it no further, nor a trusted contact.

    Raises:
        Outdated: there is none.
    """
    item = feedback.by_number(session, ctx.community.id, number)
    if item is None or item.audience is Audience.TRUSTED or not may_see(ctx, item):
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item


def actor(session: Session, ctx: Context, item: Feedback) -> int | None:
    """Who is recorded as the actor; on their own nameless item, a moderator's id would reveal its author."""
    return None if item.nameless and items.wrote(ctx, item, ctx.member) else ctx.person(session)
