"""The command that sets the area of an item."""

from sqlmodel import Session

from bot.commands.registry import AreaName, Number
from bot.context import Context
from bot.feedback import areas, items
from bot.feedback.desk import routing
from bot.feedback.display import receipts
from bot.feedback.display.outdated import Outdated
from bot.ports.inbound import Role
from bot.ports.reply import Button, Buttons, Paragraph, Reply, Weight
from storage.items import feedback
from storage.models import Feedback


async def area(ctx: Context, number: Number, area: AreaName) -> Reply:
    """Choose the area of a piece of feedback."""
    moderates = ctx.inbound.actor.role >= Role.MODERATOR

    def job(session: Session) -> Reply:
        item = (items.find if moderates else items.find_own)(session, ctx, number)
        feedback.hold(session, item)
        if not moderates and ctx.inbound.chat.overlooked and item.nameless:
            return _refuse_in_public(ctx, item)
        if not (moderates or items.is_open(item)):
            words = ctx.speech.say("#{number} is closed; its area stays as it is.", number=number)
            raise Outdated(words, *items.own_buttons(ctx, item))
        areas.choose(session, ctx, item, items.known_area(ctx, area))
        said = ctx.speech.say("#{number} is now about: {area}.", number=number, area=ctx.speech.area(item.area))
        return items.changed(item, Paragraph(said), *_readers(session, ctx, item), *_next_buttons(ctx, item))

    return await ctx.settle(job)


def _readers(session: Session, ctx: Context, item: Feedback) -> tuple[Paragraph, ...]:
    """Who reads an item now, for its author; empty unless its area has a team of its own."""
    own = routing.every(session, ctx).get(item.area or "")
    if own is None or not items.is_open(item) or not (ctx.private and items.wrote(ctx, item, ctx.member)):
        return ()
    return (Paragraph(routing.who_reads(session, ctx, item)),)


def _refuse_in_public(ctx: Context, item: Feedback) -> Reply:
    """The refusal to a member who would reveal to others that a nameless item is theirs.

    Moderators are not refused: they set the area of anyone's items, so it tells nothing about the author.
    """
    words = ctx.speech.say(
        "#{number} is without a name, and others read along here: its area stays as it is. It can be changed in "
        "the private chat with the bot.",
        number=item.number,
    )
    return Reply((Paragraph(words),), hush=True)


def _next_buttons(ctx: Context, item: Feedback) -> tuple[Buttons, ...]:
    """The author's buttons in a private chat; else the button to decide on an open item."""
    if ctx.private and items.wrote(ctx, item, ctx.member):
        receipts.keep(ctx, item)
        return items.own_buttons(ctx, item)
    decide = Button(ctx.speech.say("Decide"), "queue", {"number": str(item.number)}, weight=Weight.PRIMARY)
    return (Buttons((decide,)),) if items.is_open(item) else ()
