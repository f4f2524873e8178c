"""Queues the news that an item was withdrawn for its supporters and followers."""

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.context import Context
from bot.feedback.telling import news
from bot.feedback.telling.notices import still_here
from bot.locales.speech import Speech
from bot.ports.reply import Paragraph, Reply, Strong
from storage.items.support import mutes, supports
from storage.models import Feedback, History
from storage.people import communities, members
from storage.traffic import outbox
from storage.traffic.news import WITHDRAWN


def tell_withdrawal(session: Session, ctx: Context, item: Feedback, entry: History) -> int:
    """Queue the news of a withdrawal; to be called before the items joined to it are separated.

    Args:
        entry: the history entry of the withdrawal.

    Returns:
        How many people will be told.
    """
    quiet, keys = mutes.muting(session, item), ctx.core.store.keys
    here = still_here(session, ctx, supports.others(session, item))
    told = [one for one in members.met(session, here) if one not in quiet]
    spoken = members.languages_of(session, told)
    several = len(communities.every(session)) > 1
    number = Strong(f"#{item.number} ({ctx.community.name})" if several else f"#{item.number}")
    owed = {}
    for member_id in told:
        speech = ctx.core.speech(ctx.community, *spoken.get(member_id, ()))
        shown = with_tokens(session, keys, _news(speech, number), None, ctx.now, ctx.community.id)
        mark = keys.holder(f"withdrawn {entry.id}", str(member_id))[:16]
        owed[f"{WITHDRAWN}{entry.id}:{mark}", member_id] = ctx.core.codec.dump(shown)
    when, held = ctx.time_of(nameless=item.nameless), news.held_until(session, ctx, told)
    outbox.owe_each(session, owed, when, item.id, nameless=item.nameless, held=held)
    return len(told)


def _news(speech: Speech, number: Strong) -> Reply:
    return Reply((Paragraph(speech.line("{number} was just withdrawn by the person who wrote it.", number=number)),))
