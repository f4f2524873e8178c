"""Feedback that is held or taken from view, as its author and the moderators are shown it."""

from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.feedback.items import status_word
from bot.locales.speech import Speech
from bot.ports.inbound import Role
from bot.ports.reply import Block, Button, Paragraph, Quote, Weight
from storage.items.desk import backlog
from storage.items.feedback import AnyItem
from storage.items.public import publications
from storage.models import Feedback
from storage.vocabulary import Audience, Publication


def status_in_view(speech: Speech, item: AnyItem, status: str = "") -> str:
    """An item's status in words, and whether it is held or taken from view.

    Args:
        status: words to use instead of `status_word`.
    """
    word = status or status_word(speech, item)
    match item.publication:
        case Publication.SHOWN:
            return word
        case Publication.HELD:
            return speech.say("{status}, not shown to others yet", status=word)
        case Publication.REMOVED:
            return speech.say("{status}, taken from view", status=word)


def explain(session: Session, ctx: Context, item: Feedback, *, own: bool = False) -> tuple[Block, ...]:
    """Why others do not see an item, with its author's appeal; empty if it is in view.

    Args:
        own: whether it is for the author and not for a moderator; the author learns by `who_sees_item` that it waits.
    """
    if item.publication is Publication.HELD and not own:
        return (Paragraph(ctx.speech.say("It waits for a moderator before others see it.")),)
    removed = publications.removal(session, item) if item.publication is Publication.REMOVED else None
    if removed is None:
        return ()
    reason = ctx.speech.translate(removed.note)
    words = ctx.speech.say("Taken from view on {day}: {reason}", day=_day(ctx, removed.at), reason=reason)
    return (Paragraph(words), *_appeal(session, ctx, item))


def appeal_button(speech: Speech, item: AnyItem) -> Button:
    """The button by which the author of an item taken from view asks the moderators to look at it again."""
    return Button(speech.say("Ask to look again"), "appeal", {"number": str(item.number)})


def restore_button(speech: Speech, item: AnyItem) -> Button:
    """The button by which a moderator puts an item back in view."""
    return Button(speech.say("Put back in view"), "restore", {"number": str(item.number)}, weight=Weight.GOOD)


def author_buttons(session: Session, ctx: Context, item: Feedback) -> tuple[Button, ...]:
    """The author's button to appeal, until they have appealed once after a removal; empty otherwise."""
    if item.publication is not Publication.REMOVED or publications.appeal(session, item):
        return ()
    return (appeal_button(ctx.speech, item),)


def decide_button(ctx: Context, item: Feedback) -> tuple[Button, ...]:
    """A moderator's button that opens an item's screen to decide on it; empty for others."""
    if ctx.inbound.actor.role < Role.MODERATOR or not backlog.is_teams(item):
        return ()
    return (Button(ctx.speech.say("Decide"), "queue", {"number": str(item.number)}),)


def moderator_buttons(session: Session, ctx: Context, item: Feedback) -> tuple[Button, ...]:
    """A moderator's buttons to publish a held item, take one from view or put it back; empty for others.

    Items for the trusted contacts alone are not moderated.
    """
    if ctx.inbound.actor.role < Role.MODERATOR or item.audience is Audience.TRUSTED:
        return ()
    if item.publication is Publication.REMOVED:
        return (restore_button(ctx.speech, item),)
    number = {"number": str(item.number)}
    remove = Button(ctx.speech.say("Take from view"), "remove", number)
    if item.publication is not Publication.HELD:
        return (remove,)
    # With the last history entry that the moderator saw, so that words changed meanwhile are not published unread.
    seen = {**number, "seen": str(publications.last_entry(session, item))}
    return (Button(ctx.speech.say("Publish"), "publish", seen, weight=Weight.GOOD), remove)


def _appeal(session: Session, ctx: Context, item: Feedback) -> tuple[Block, ...]:
    appealed = publications.appeal(session, item)
    if appealed is None:
        return ()
    words = ctx.speech.say("Its author asked on {day} to look at it again:", day=_day(ctx, appealed.at))
    return (Paragraph(words), Quote(appealed.note)) if appealed.note else (Paragraph(words),)


def _day(ctx: Context, at: datetime) -> str:
    return ctx.speech.day(at.astimezone(ctx.zone).date())
