"""Shows a known issue before a problem about it is filed, and lets people be told when it is over."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.feedback import drafts, items
from bot.feedback.desk import blocks, incidents, severity
from bot.feedback.desk.incidents import KnownIssue
from bot.feedback.display.outdated import Outdated
from bot.feedback.drafts import Filing
from bot.ports.reply import Buttons, Paragraph, Reply
from storage.items import feedback
from storage.items.desk import incidents as stored
from storage.items.support import groups, supports
from storage.models import Feedback
from storage.vocabulary import Audience, Kind, Naming


async def show_known(ctx: Context, new: Filing, *, hush: bool = False) -> Reply | None:
    """Show the known issue that a problem is about, with a button to send it anyway; None to go on filing.

    Args:
        hush: whether to delete the message, as others read along.
    """
    # A draft holds no files.
    if new.kind is not Kind.PROBLEM or new.audience is Audience.TRUSTED or ctx.inbound.attachments:
        return None
    known = await incidents.find(ctx, new.text)
    if known is None or await ctx.read(lambda session: bool(blocks.refusal(session, ctx, new.audience))):
        return None
    if new.naming is Naming.NAMELESS:
        await ctx.meet()
    return await ctx.settle(lambda session: replace(_offer(session, ctx, new, known), hush=hush))


def _offer(session: Session, ctx: Context, new: Filing, known: KnownIssue) -> Reply:
    shown = incidents.blocks(session, ctx, known)
    anyway = ctx.speech.say("It is something else? It can be sent all the same:")
    if new.naming is Naming.NAMELESS:
        named = Paragraph(ctx.speech.say("Being told is done under your name, as always; nothing is sent."))
        return Reply((*shown, named, Paragraph(anyway), *drafts.preview_nameless(session, ctx, new).blocks))
    sends = drafts.preview(session, ctx, new, ctx.speech.say("Send it anyway"))
    return Reply((*shown, Paragraph(anyway), *sends.blocks))


async def join_incident(ctx: Context, number: Number, on: Token) -> Reply:
    """Be told when a known issue is over, or no more."""
    # on: 1 to be told, 0 not to be.
    return await ctx.settle(lambda session: _join(session, ctx, number, bool(on)))


def _join(session: Session, ctx: Context, number: int, on: bool) -> Reply:
    item = _hold_running(session, ctx, number)
    if items.wrote(ctx, item, ctx.member):
        return Reply((Paragraph(ctx.speech.say("#{number} is yours: you hear of it anyway.", number=item.number)),))
    person = ctx.person(session)
    if supports.supports(session, item, person) is not on:
        supports.toggle(session, item, person, ctx.now)
    if not on:
        return Reply((Paragraph(ctx.speech.say("Nothing more comes about #{number}.", number=item.number)),))
    severity.check_growth(session, ctx, item)
    words = ctx.speech.say("When #{number} is over, it is told here. Nothing else was sent.", number=item.number)
    if not ctx.private:
        words = ctx.speech.say("When #{number} is over, you are told. Nothing else was sent.", number=item.number)
    return Reply((Paragraph(words), Buttons((incidents.leave_button(ctx, item),))))


def _hold_running(session: Session, ctx: Context, number: int) -> Feedback:
    """Find and lock the item of an open known issue.

    Raises:
        Outdated: it is over, or there is none with that number.
    """
    found = feedback.by_number(session, ctx.community.id, number)
    if found is None:
        raise Outdated(ctx.speech.say("This is over by now."))
    groups.hold(session, found)
    item = groups.target(session, found)
    incident = stored.of_item(session, item.id)
    if incident is None or incident.closed_at is not None or not items.is_open(item):
        raise Outdated(ctx.speech.say("This is over by now."))
    return item
