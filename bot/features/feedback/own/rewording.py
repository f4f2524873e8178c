"""Replaces the words of an item; who supports or follows it is told of others, and may leave with one press.

New words stand at once, as their author expects, and are marked wherever they stand beside support that is older. They
do not wait until everybody was told: somebody can always not be reached, and an author who corrects a danger or takes
back a name must not have to wait for that. So that support cannot be turned round, the mark, the messages and the new
words are of one transaction; a digest that is being written meanwhile is written anew, with the mark.
"""

from collections.abc import Mapping

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.commands.registry import Number
from bot.context import Context
from bot.feedback import items
from bot.feedback.display.edits import supporters
from bot.feedback.display.joined import objection_button, own_joined
from bot.feedback.display.outdated import Outdated
from bot.feedback.telling import news
from bot.feedback.telling.notices import still_here
from bot.language.text.comparison.correction import is_correction
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Weight, say
from bot.privacy.redaction import unquote
from storage.items import feedback, rewordings
from storage.items.support import groups, mutes, supports
from storage.models import Feedback, History
from storage.people import communities, members
from storage.reports.reporting import EDITED
from storage.traffic import outbox
from storage.vocabulary import Audience, Publication, Status

MOST_CORRECTIONS = 3
"""Corrections in a row that nobody is told of: word by word, they could turn a text into another."""
LONGEST_QUOTE = 1_000
"""Characters of the new words in a message; the rest is on the item's card."""


def reword(session: Session, ctx: Context, item: Feedback, text: str) -> int:
    """Replace an item's words; the item must be locked.

    A change that is more than a correction (`bot.language.text.comparison.correction`) is marked, and told to everyone
    but the author who supports or follows the item.

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
    outbox.supersede(session, item.id, EDITED)
    unquote(session, ctx.core.codec, item)
    quiet = mutes.muting(session, item)
    told = {one: others[one] for one in members.met(session, still_here(session, ctx, others)) if one not in quiet}
    _tell(session, ctx, item, entry, told)
    return len(told)


async def keep(ctx: Context, number: Number) -> Reply:
    """Keep your support of feedback that was edited."""

    def job(session: Session) -> Reply:
        item = _find(session, ctx, number)
        if not supports.renew(session, item, ctx.person(session), ctx.now):
            return say(ctx.speech.say("#{number} does not have your support any more.", number=number))
        total = supporters(ctx.speech, supports.total(session, item), 0)
        return say(ctx.speech.say("#{number} keeps your support ({total}).", number=number, total=total))

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
    """The item with that number, also one that is no longer shown: who supports it may leave all the same.

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


def _tell(session: Session, ctx: Context, item: Feedback, entry: History, others: Mapping[int, bool]) -> None:
    """Queue the news for everyone concerned, in their languages."""
    spoken, keys = members.languages_of(session, list(others)), ctx.core.store.keys
    several = len(communities.every(session)) > 1
    name = f"#{item.number} ({ctx.community.name})" if several else f"#{item.number}"
    owed = {}
    for member_id, supporting in others.items():
        speech = ctx.core.speech(ctx.community, *spoken.get(member_id, ()))
        # Their buttons concern whoever presses them, so that they need not be for one account of the recipient.
        shown = with_tokens(session, keys, _news(speech, item, name, supporting), None, ctx.now, ctx.community.id)
        mark = keys.holder(f"edited {entry.id}", str(member_id))[:16]
        owed[f"{EDITED}{entry.id}:{mark}", member_id] = ctx.core.codec.dump(shown)
    when, held = ctx.time_of(nameless=item.nameless), news.held_until(session, ctx, others)
    outbox.owe_each(session, owed, when, item.id, nameless=item.nameless, held=held)


def _news(speech: Speech, item: Feedback, name: str, supporting: bool) -> Reply:
    number = {"number": str(item.number)}
    if supporting:
        said = speech.say("You supported {item}, and its words have changed since.", item=name)
        buttons = [
            Button(speech.say("Keep my support"), "keep", number, weight=Weight.GOOD),
            Button(speech.say("Leave"), "leave", number),
        ]
    else:
        said = speech.say("You follow {item}, and its words have changed since.", item=name)
        buttons = [Button(speech.say("Stop following"), "leave", number)]
    if item.audience is Audience.EVERYONE and item.publication is Publication.SHOWN:
        return Reply((Paragraph(said), Quote(items.title(item, LONGEST_QUOTE)), Buttons(tuple(buttons))))
    hidden = speech.say("They are no longer shown to everyone.")
    return Reply((Paragraph(f"{said} {hidden}"), Buttons(tuple(buttons))))
