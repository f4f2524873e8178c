"""The command that mutes the news of an item for one person, and undoes that."""

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.feedback import items
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.news import mute_button
from bot.ports.reply import Buttons, Paragraph, Reply
from storage.items import feedback
from storage.items.support import groups, mutes
from storage.models import Feedback
from storage.traffic import news


async def mute(ctx: Context, number: Number, on: Token | None = None) -> Reply:
    """Hear no more of one piece of feedback, or hear of it again."""
    # on: 1 to mute it, 0 to undo that; None to invert the present state.

    def job(session: Session) -> Reply:
        item = feedback.by_number(session, ctx.community.id, number)
        muted = not _is_muted(session, ctx, item) if on is None else bool(on)
        _change(session, ctx, number, item, muted=muted)
        said = (
            ctx.speech.say("No more news of #{number}. /mine still shows it.", number=number)
            if muted
            else ctx.speech.say("You will hear what becomes of #{number}.", number=number)
        )
        hush = item is not None and items.wrote(ctx, item, ctx.member) and items.reveals_author(ctx, item)
        return Reply((Paragraph(said), Buttons((mute_button(ctx.speech, number, muted=muted),))), hush=hush)

    return await ctx.settle(job)


def _is_muted(session: Session, ctx: Context, item: Feedback | None) -> bool:
    """Whether this person has muted an item."""
    if item is None or ctx.member is None:
        return False
    if items.wrote(ctx, item, ctx.member):
        return item.muted
    return item.id in mutes.muted_by(session, ctx.member.id, groups.ids(session, groups.target(session, item).id))


def _change(session: Session, ctx: Context, number: int, item: Feedback | None, *, muted: bool) -> None:
    """Mute an item, or undo that.

    Raises:
        Outdated: it is none that this person wrote, supports or follows.
    """
    member = ctx.member
    if item is not None and items.wrote(ctx, item, member):
        mutes.mute_own(session, item, muted=muted)
        whose = item.author_id
    elif item is not None and member is not None and mutes.mute_others(session, item, member.id, muted=muted):
        whose = member.id
    else:
        raise Outdated(ctx.speech.say("There is no news of #{number} for you.", number=number))
    if muted:
        news.silence(session, groups.ids(session, groups.target(session, item).id), whose)
