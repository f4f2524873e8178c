"""The command by which the author of an item taken from view appeals, once, to the moderators."""

from sqlmodel import Session

from bot.commands.registry import LongText, Number
from bot.context import Context
from bot.feedback import items
from bot.feedback.desk import posting
from bot.feedback.display.outdated import Outdated
from bot.feedback.display.view import restore_button
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Strong, say
from storage.items.public import publications
from storage.models import Feedback, History
from storage.people import communities
from storage.vocabulary import Publication


async def appeal(ctx: Context, number: Number, text: LongText | None = None) -> Reply:
    """Ask the moderators to look again at what they took from view."""
    if text is None:
        await ctx.read(lambda session: _find_removal(session, ctx, items.find_own(session, ctx, number)))
        return await ctx.ask(ctx.speech.say("What should the moderators know?"), "text")

    def job(session: Session) -> Reply:
        mine = items.hold_own(session, ctx, number)
        if items.reveals_author(ctx, mine):
            return refuse_in_public(ctx, mine)
        removed = _find_removal(session, ctx, mine)
        entry = publications.record_appeal(session, mine, text, ctx.time_of(nameless=mine.nameless))
        _tell_staff(session, ctx, mine, removed, entry)
        return say(
            ctx.speech.say("The moderators see this with #{number}. What they decide comes here.", number=number)
        )

    return await ctx.settle(job)


def _find_removal(session: Session, ctx: Context, item: Feedback) -> History:
    """The history entry of the removal to appeal against.

    Raises:
        Outdated: the item is in view, or its author has appealed already.
    """
    left = items.own_buttons(ctx, item)
    removed = publications.removal(session, item) if item.publication is Publication.REMOVED else None
    if removed is None:
        raise Outdated(ctx.speech.say("#{number} is not taken from view.", number=item.number), *left)
    if publications.appeal(session, item):
        raise Outdated(ctx.speech.say("The moderators were asked about #{number} already.", number=item.number), *left)
    return removed


def refuse_in_public(ctx: Context, item: Feedback) -> Reply:
    """The refusal to speak to the moderators about a nameless item where others read along."""
    words = ctx.speech.say(
        "#{number} is without a name, and others read along here. The moderators can be asked in the private chat with "
        "the bot.",
        number=item.number,
    )
    return Reply((Paragraph(words),), hush=True)


def _tell_staff(session: Session, ctx: Context, item: Feedback, removed: History, entry: History) -> None:
    """Queue the appeal, without the item's words, for the staff place, if there is one."""
    place = communities.staff_place(session, ctx.community.id)
    if place is None:
        return
    shown = _appeal(ctx, ctx.core.speech(ctx.community), item, removed, entry.note)
    posting.post_message(session, ctx, item, f"appeal:{entry.id}", shown, place.id)


def _appeal(ctx: Context, speech: Speech, item: Feedback, removed: History, text: str) -> Reply:
    number = Strong(f"#{item.number}")
    day = speech.day(removed.at.astimezone(ctx.zone).date())
    reason = speech.translate(removed.note)
    line = speech.line("{number} was taken from view on {day}: {reason}", number=number, day=day, reason=reason)
    asked = Paragraph(speech.say("Its author asks to look at it again:"))
    look = Button(f"#{item.number}", "status", {"number": str(item.number)})
    buttons = Buttons((restore_button(speech, item), look))
    return Reply((Paragraph(line), asked, Quote(text), buttons), private=False)
