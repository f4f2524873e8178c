"""The command that reopens a closed item, as when its author says that it is not resolved."""

from sqlmodel import Session

from bot.commands.registry import Number
from bot.context import Context
from bot.features.moderation.outcomes.deciding import decide, take_back_unheard
from bot.features.moderation.queue.filters import next_button
from bot.feedback import items
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Buttons, Paragraph, Reply
from storage.items.support import groups
from storage.models import Feedback
from storage.vocabulary import Audience, Kind, Status


async def reopen(ctx: Context, number: Number) -> Reply:
    """Open feedback again that was closed."""

    def job(session: Session) -> Reply:
        item = _find(session, ctx, number)
        groups.hold(session, item)
        _find(session, ctx, number)
        status = Status.HANDLED if item.kind is Kind.PROBLEM else Status.RECEIVED
        take_back_unheard(session, ctx, item)
        ways = Buttons((next_button(ctx, number),))
        if item.status in items.REOPENED:
            return Reply((*decide(session, ctx, item, status), ways))
        word = items.state(ctx.speech, item)
        words = ctx.speech.say("Undone: #{number} is {status} again; nobody hears of it.", number=number, status=word)
        return Reply((Paragraph(words), ways))

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, number: int) -> Feedback:
    """The closed item with that number.

    Raises:
        Outdated: there is none that a moderator may see, or it is open, withdrawn, or joined to another.
    """
    item = items.find(session, ctx, number)
    if item.audience is Audience.TRUSTED or item.status is Status.WITHDRAWN:
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    if item.status not in items.REOPENED:
        word = items.state(ctx.speech, item)
        raise Outdated(ctx.speech.say("#{number} is {status}: nothing to open again.", number=number, status=word))
    return item
