"""Mutes an item for one person, and tells them of it again."""

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.feedback import items
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.news import mute_button
from bot.ports.reply import Buttons, Paragraph, Reply
from storage.items import feedback
from storage.items.support import groups, mutes
from storage.traffic import news


async def mute(ctx: Context, number: Number, on: Token) -> Reply:
    """Hear no more of one piece of feedback, or hear of it again."""
    # on: 1 to mute it, 0 to undo that.

    def job(session: Session) -> Reply:
        _change(session, ctx, number, muted=bool(on))
        said = (
            ctx.speech.say("No more news of #{number}. /mine still shows it.", number=number)
            if on
            else ctx.speech.say("You will hear what becomes of #{number}.", number=number)
        )
        return Reply((Paragraph(said), Buttons((mute_button(ctx.speech, number, muted=bool(on)),))))

    return await ctx.settle(job)


def _change(session: Session, ctx: Context, number: int, *, muted: bool) -> None:
    """Mute the item with that number, or undo that.

    Raises:
        Outdated: there is none that this person wrote, supports or follows.
    """
    item, member = feedback.by_number(session, ctx.community.id, number), ctx.member
    if item is not None and items.wrote(ctx, item, member):
        mutes.mute_own(session, item, muted=muted)
        whose = item.author_id
    elif item is not None and member is not None and mutes.mute_others(session, item, member.id, muted=muted):
        whose = member.id
    else:
        raise Outdated(ctx.speech.say("There is no news of #{number} for you.", number=number))
    if muted:
        news.silence(session, groups.ids(session, groups.target(session, item).id), whose)
