"""The command of the buttons that confirm or correct an item's guessed area."""

from sqlmodel import Session

from bot.commands.registry import Number, ShortText
from bot.context import Context
from bot.features.moderation.queue.triage import show_item
from bot.feedback import areas, items
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Paragraph, Reply
from storage.items import feedback
from storage.models import Feedback
from storage.vocabulary import Audience, Status


async def classify(ctx: Context, number: Number, into: ShortText) -> Reply:
    """Confirm or correct the area of feedback."""

    def job(session: Session) -> Reply:
        item = _find(session, ctx, number)
        feedback.hold(session, item)
        # It may have been withdrawn before it was locked.
        item, area = _find(session, ctx, number), items.known_area(ctx, into)
        areas.choose(session, ctx, item, area)
        said = ctx.speech.say("#{number} is now about: {area}.", number=number, area=ctx.speech.area(area))
        return show_item(session, ctx, item, Paragraph(said))

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number; what the trusted contacts alone read is not in the queue.

    Raises:
        Outdated: there is none in the team's view.
    """
    item = items.find(session, ctx, number)
    if item.audience is Audience.TRUSTED or item.status is Status.WITHDRAWN:
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item
