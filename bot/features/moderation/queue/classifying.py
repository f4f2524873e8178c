"""The command of the buttons that confirm or correct an item's guessed area."""

from sqlmodel import Session

from bot.commands.registry import Number, ShortText
from bot.context import Context
from bot.features.moderation.queue.finding import hold
from bot.features.moderation.queue.triage import show_item
from bot.feedback import areas, items
from bot.ports.reply import Paragraph, Reply


async def classify(ctx: Context, number: Number, into: ShortText) -> Reply:
    """Confirm or correct the area of feedback."""

    def job(session: Session) -> Reply:
        item, area = hold(session, ctx, number), items.known_area(ctx, into)
        areas.choose(session, ctx, item, area)
        said = ctx.speech.say("#{number} is now about: {area}.", number=number, area=ctx.speech.area(area))
        return show_item(session, ctx, item, Paragraph(said))

    return await ctx.settle(job)
