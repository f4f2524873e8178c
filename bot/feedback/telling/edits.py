"""Queues the news of an item's new words for its supporters and followers, each in their language."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from bot.commands.buttons import with_tokens
from bot.context import Context
from bot.feedback import items
from bot.feedback.audience.visibility import is_public
from bot.feedback.display.edits import version
from bot.feedback.telling import news
from bot.feedback.telling.notices import still_here
from bot.locales.speech import Speech
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, Weight
from storage.items.support import groups, mutes, supports
from storage.models import Feedback, History
from storage.people import communities, members
from storage.reports.reporting import EDITED
from storage.traffic import outbox

LONGEST_QUOTE = 1_000
"""The largest number of characters of the new words in a message."""


def tell_edit(session: Session, ctx: Context, item: Feedback, entry: History) -> int:
    """Queue the news of an edit for the supporters and followers of an item, without its author.

    Returns:
        How many people will be told.
    """
    return _tell(session, ctx, item, entry, supports.others(session, item))


def tell_shown(session: Session, ctx: Context, item: Feedback, entry: History, since: datetime | None = None) -> int:
    """Queue the words of an item that is in view again, for those who supported it before it was edited.

    Args:
        entry: the history entry of the change by which it is in view.
        since: when it was hidden, if known: of edits before that they were told.

    Returns:
        How many people will be told.
    """
    if item.edited_at is None or not is_public(item) or (since and item.edited_at < since):
        return 0
    return _tell(session, ctx, item, entry, dict.fromkeys(groups.earlier_members(session, item), True))


def _tell(session: Session, ctx: Context, item: Feedback, entry: History, others: Mapping[int, bool]) -> int:
    """Queue the news for those of these people who take part and have not muted the item.

    Args:
        others: by member id, whether they support the item; else they follow it.
    """
    outbox.supersede(session, item.id, EDITED)
    quiet, keys = mutes.muting(session, item), ctx.core.store.keys
    told = [one for one in members.met(session, still_here(session, ctx, others)) if one not in quiet]
    spoken = members.languages_of(session, told)
    several = len(communities.every(session)) > 1
    name = f"#{item.number} ({ctx.community.name})" if several else f"#{item.number}"
    owed = {}
    for member_id in told:
        speech = ctx.core.speech(ctx.community, *spoken.get(member_id, ()))
        # The buttons are for anybody, as they act for the person who presses them, by any of their accounts.
        reply = _news(speech, item, name, supporting=others[member_id])
        shown = with_tokens(session, keys, reply, None, ctx.now, ctx.community.id)
        mark = keys.holder(f"edited {entry.id}", str(member_id))[:16]
        owed[f"{EDITED}{entry.id}:{mark}", member_id] = ctx.core.codec.dump(shown)
    when, held = ctx.time_of(nameless=item.nameless), news.held_until(session, ctx, told)
    outbox.owe_each(session, owed, when, item.id, nameless=item.nameless, held=held)
    return len(told)


def show_new_words(speech: Speech, item: Feedback) -> Reply:
    """The reply to a supporter who pressed a button under words that have changed since."""
    said = speech.say("The words of #{number} have changed since they were shown here:", number=item.number)
    return Reply((Paragraph(said), _words(item), Buttons((_keep_button(speech, item), _leave_button(speech, item)))))


def _news(speech: Speech, item: Feedback, name: str, *, supporting: bool) -> Reply:
    if supporting:
        said = speech.say("You supported {item}, and its words have changed since.", item=name)
        out = _leave_button(speech, item)
    else:
        said = speech.say("You follow {item}, and its words have changed since.", item=name)
        out = Button(speech.say("Stop following"), "leave", {"number": str(item.number)})
    if not is_public(item):
        hidden = speech.say("They are no longer shown to everyone.")
        again = speech.say("If they are again, they come here.") if supporting else ""
        return Reply((Paragraph(f"{said} {hidden} {again}".rstrip()), Buttons((out,))))
    buttons = (_keep_button(speech, item), out) if supporting else (out,)
    return Reply((Paragraph(said), _words(item), Buttons(buttons)))


def _words(item: Feedback) -> Quote:
    return Quote(items.title(item, LONGEST_QUOTE))


def _keep_button(speech: Speech, item: Feedback) -> Button:
    args = {"number": str(item.number), "read": str(version(item))}
    return Button(speech.say("Keep my support"), "keep", args, weight=Weight.GOOD)


def _leave_button(speech: Speech, item: Feedback) -> Button:
    return Button(speech.say("Leave"), "leave", {"number": str(item.number)})
