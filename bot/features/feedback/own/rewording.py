"""Replaces the words of an item, and tells those who support or follow it, who may leave with one press.

New words are shown at once, and marked as edited wherever older support is shown with them. They do not wait until all
supporters are told: some may never be reached, and an author who corrects something dangerous or removes a name must
not have to wait. The new words, the mark and the messages are stored in one transaction, so that support is never shown
for words it was not given to; a digest that is being drafted meanwhile is drafted again, with the mark.
"""

from sqlmodel import Session

from bot.commands.registry import Number, Token
from bot.context import Context
from bot.feedback import items
from bot.feedback.audience.visibility import is_public
from bot.feedback.display.edits import supporters, version
from bot.feedback.display.joined import objection_button, own_joined
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling.edits import show_new_words, tell_edit
from bot.language.text.comparison.correction import is_correction
from bot.ports.reply import Buttons, Reply, say
from bot.privacy.redaction import unquote
from storage.items import feedback, rewordings
from storage.items.support import groups, supports, voices
from storage.models import Feedback
from storage.vocabulary import Status

MOST_CORRECTIONS = 3
"""How many corrections may be made without telling anybody: word by word, they could turn a text into another."""


def reword(session: Session, ctx: Context, item: Feedback, text: str) -> int:
    """Replace an item's words; the item must be locked.

    A change that is more than a correction (`bot.language.text.comparison.correction`) is marked, and told to the
    supporters and followers of the item, without its author.

    Returns:
        How many people will be told.
    """
    others = supports.others(session, item)
    relied_on = bool(others or item.support or item.status is not Status.RECEIVED)
    marked = relied_on and not _is_small(session, item, text)
    when = ctx.time_of(nameless=item.nameless)
    entry = rewordings.change_text(session, item, text, item.author_id, when, marked=marked)
    if not marked:
        return 0
    unquote(session, ctx.core.codec, item)
    return tell_edit(session, ctx, item, entry)


async def keep(ctx: Context, number: Number, read: Token | None = None) -> Reply:
    """Keep your support of feedback that was edited."""
    # read: the version of the words that the button stands under, as support is for those words only.

    def job(session: Session) -> Reply:
        item, person = _find(session, ctx, number), ctx.person(session)
        if not is_public(item):
            return say(ctx.speech.say("The words of #{number} are not shown to everyone.", number=number))
        if read not in (None, version(item)):
            return show_new_words(ctx.speech, item)
        if not supports.renew(session, item, person, ctx.now):
            return say(ctx.speech.say("#{number} does not have your support any more.", number=number))
        total = supporters(ctx.speech, supports.total(session, item), 0)
        kept = ctx.speech.say("#{number} keeps your support ({total}).", number=number, total=total)
        stands = voices.of_member(session, item.id, person) is not None
        again = ctx.speech.say("What you said of it stands beside it again.") if stands else ""
        return say(f"{kept} {again}".rstrip())

    return await ctx.settle(job)


async def leave(ctx: Context, number: Number) -> Reply:
    """Neither support nor follow feedback any more."""

    def job(session: Session) -> Reply:
        item = _find(session, ctx, number)
        if own := own_joined(session, ctx, item):
            raise Outdated(_joined_words(ctx, own, item), Buttons((objection_button(ctx.speech, own),)))
        if not supports.leave(session, item, ctx.person(session)):
            return say(ctx.speech.say("#{number} does not have your support any more.", number=number))
        return say(ctx.speech.say("You have left #{number}: no more support, no more news of it.", number=number))

    return await ctx.settle(job)


def _joined_words(ctx: Context, own: Feedback, item: Feedback) -> str:
    return ctx.speech.say(
        "#{own} is yours and joined to #{number}: it counts there as long as the team does not separate it.",
        own=own.number,
        number=item.number,
    )


def _find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, or the one it is joined to, even if it is no longer shown to its supporters.

    Raises:
        UserError: there is none, or it is neither shown to this person nor supported or followed by them.
    """
    item = feedback.by_number(session, ctx.community.id, number)
    item = item and groups.target(session, item)
    if item is None or ctx.member is None or ctx.member.id not in supports.others(session, item):
        return items.find(session, ctx, number)
    return item


def _is_small(session: Session, item: Feedback, text: str) -> bool:
    return is_correction(item.text, text) and rewordings.edits(session, item) < MOST_CORRECTIONS
