"""Sends a blocked person's appeal to the team, once, without their name."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import LongText
from bot.context import Context
from bot.errors import UserError
from bot.feedback.desk import posting
from bot.feedback.desk.blocks import last_day, standing
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Weight, say
from storage.items import feedback
from storage.items.desk import blocks
from storage.items.desk.blocks import Standing
from storage.people import communities
from storage.vocabulary import Action


async def contest(ctx: Context, text: LongText) -> Reply:
    """Ask the team to look again at a block, once, without your name."""
    return await ctx.settle(lambda session: _contest(session, ctx, text))


def _contest(session: Session, ctx: Context, text: str) -> Reply:
    own, found = ctx.community.id, standing(session, ctx)
    if found is None:
        return say(ctx.speech.say("There is no block any more: everything can be filed again."))
    if found.appealed:
        return say(ctx.speech.say("The team has been asked to look again."))
    place, item = communities.staff_place(session, own), feedback.by_number(session, own, found.number)
    if place is None or item is None:
        raise UserError(ctx.speech.say("Nobody of the team can be reached from here just now, so nothing was sent."))
    blocks.appeal(session, own, found.number)
    # Recorded without an actor, as the item may be nameless.
    entry = feedback.record(session, item, Action.CONTESTED, None, at=ctx.time_of(nameless=item.nameless))
    posting.post_message(session, ctx, item, f"contest:{entry.id}", _request(ctx, found, text), place.id)
    return say(ctx.speech.say("Passed on to the team, without your name."))


def _request(ctx: Context, found: Standing, text: str) -> Reply:
    """The message to the team, in the community's language, with a button that lifts the block."""
    theirs = replace(ctx, speech=ctx.core.speech(ctx.community))
    speech, number = theirs.speech, found.number
    asks = speech.say(
        "The author of #{number}, blocked until {day}, asks to look at it again:",
        number=number,
        day=last_day(theirs, found.until),
    )
    lift = Button(
        speech.say("Lift the block of #{number}", number=number),
        "unblock",
        {"number": str(number)},
        weight=Weight.PRIMARY,
    )
    return Reply((Paragraph(asks), Quote(text), Buttons((lift,))))
