"""The command that marks all praise as read at once."""

from sqlmodel import Session

from bot.context import Context
from bot.features.moderation.queue.triage import show_next
from bot.feedback.telling.notices import tell_outcome
from bot.ports.reply import Paragraph, Reply
from storage.items import feedback
from storage.items.desk import backlog
from storage.vocabulary import Status

MOST = 500
"""The largest number of items marked at once."""


async def read_all(ctx: Context) -> Reply:
    """Mark all praise that waits as read; its authors are told."""

    def job(session: Session) -> Reply:
        unread = backlog.unread(session, ctx.community.id, MOST)
        person = ctx.person(session)
        for item in unread:
            tell_outcome(session, ctx, item, feedback.change_status(session, item, Status.READ, person, "", ctx.now))
        words = ctx.speech.count("{n} message of praise is read.", "{n} messages of praise are read.", len(unread))
        return show_next(session, ctx, None, Paragraph(words))

    return await ctx.settle(job)
