"""The button of a digest to take care of a theme: it assigns the theme's open items that have no owner."""

from sqlmodel import Session

from bot.commands.registry import ShortText
from bot.context import Context
from bot.features.digest.data import Topic
from bot.feedback import items
from bot.feedback.audience.visibility import may_see
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Reply, say
from storage.items.desk import ownership
from storage.models import Feedback
from storage.vocabulary import CLOSED, Audience

MOST = 100
"""The largest number of a theme's items, the most central ones, that are assigned at once."""


def button(topic: Topic, speech: Speech, place: int) -> Button:
    """The button of a theme: to take care of it while nobody does, otherwise to read its quotes.

    Its label names the theme by its place, as its words would leave no room for the line beside it on a phone.

    Args:
        place: its place among the digest's themes, from 1.
    """
    if topic.owner:
        own = {"theme": str(topic.theme.id)} if topic.theme.id else {}
        return Button(speech.say("{n}. Read", n=place), "themes", own)
    ids = " ".join(str(one) for one in topic.theme.items[:MOST])
    return Button(speech.say("{n}. Take it", n=place), "taketheme", {"chosen": ids})


async def taketheme(ctx: Context, chosen: ShortText) -> Reply:
    """Take care of what a theme's messages are about."""
    ids = [int(one) for one in chosen.split() if one.isdecimal()][:MOST]
    return await ctx.settle(lambda session: _take(session, ctx, ids))


def _take(session: Session, ctx: Context, ids: list[int]) -> Reply:
    mine, theirs, taken = ctx.person(session), "", list[Feedback]()
    for item in ownership.held(session, ctx.community.id, ids):
        if item.audience is Audience.TRUSTED or item.status in CLOSED or not may_see(ctx, item):
            continue
        if item.team or item.owner_id not in (None, mine):
            theirs = theirs or ownership.name(session, item)
            continue
        taken.append(item)
        # In the history of a moderator's own nameless item, no actor is recorded.
        actor = None if item.nameless and items.wrote(ctx, item, ctx.member) else mine
        ownership.assign(session, item, mine, None, actor, ctx.time_of(nameless=actor is None))
    if taken:
        return _done(ctx, taken)
    if theirs:
        return say(ctx.speech.say("Meanwhile {name} takes care of this.", name=theirs))
    return say(ctx.speech.say("Nothing of this is open any more."))


def _done(ctx: Context, taken: list[Feedback]) -> Reply:
    one = ctx.speech.count("{n} message is yours now.", "{n} messages are yours now.", len(taken))
    first = Button(f"#{taken[0].number}", "queue", {"number": str(taken[0].number)})
    return Reply((Paragraph(one), Buttons((first,))))
