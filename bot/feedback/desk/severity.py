"""Marks problems as severe, by their words, by how fast they grow, or by a moderator, and tells the staff at once."""

from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.feedback.desk import posting
from bot.feedback.items import is_open
from bot.feedback.telling.occasions import AnyOccasion
from bot.ports.reply import Button
from storage.items.desk import urgencies
from storage.items.feedback import AnyItem
from storage.items.support import groups
from storage.models import Feedback
from storage.vocabulary import Audience, Kind, Urgency


def check_words(session: Session, ctx: Context, item: AnyItem) -> bool:
    """Mark a problem as severe if its words say so and no moderator has decided; returns whether it was marked."""
    if not (ctx.own.severity.words and _may_be_severe(item) and ctx.core.recogniser.is_severe(item.text)):
        return False
    return urgencies.last_by_hand(session, item) is None and mark_severe(session, ctx, item, None)


def check_growth(session: Session, ctx: AnyOccasion, item: Feedback) -> bool:
    """Mark a problem as severe if it gained many people lately and no moderator has decided; it must be locked."""
    item, own = groups.target(session, item), ctx.own.severity
    if not own.people or not _may_be_severe(item) or urgencies.last_by_hand(session, item):
        return False
    people = urgencies.gained(session, item, ctx.now - timedelta(hours=own.hours))
    if people < own.people:
        return False
    speech = ctx.core.speech(ctx.community)
    why = speech.count("{n} person in {hours} hours.", "{n} people in {hours} hours.", people, hours=own.hours)
    return mark_severe(session, ctx, item, None, why)


def mark_severe(session: Session, ctx: AnyOccasion, item: AnyItem, by: int | None, why: str = "") -> bool:
    """Mark an item, which must be locked or new, as severe and tell the staff; returns False if it was severe already.

    Args:
        by: the moderator who finds it severe; None for the bot.
        why: a sentence on what makes it severe, if more than its words do.
    """
    if item.urgency == Urgency.SEVERE:
        return False
    urgencies.change(session, item, Urgency.SEVERE, by, ctx.time_of(nameless=item.nameless and by is None), why)
    posting.post_severe(session, ctx, item)
    return True


def unmark_severe(session: Session, ctx: Context, item: Feedback, by: int | None) -> None:
    """Mark an item as not severe: as late if its answer is overdue, otherwise as ordinary.

    Args:
        by: the moderator who decides so; None for the bot.
    """
    late = urgencies.is_overdue(session, item)
    at = ctx.time_of(nameless=item.nameless and by is None)
    urgencies.change(session, item, Urgency.LATE if late else Urgency.ORDINARY, by, at)


def button(ctx: Context, item: Feedback) -> tuple[Button, ...]:
    """A moderator's button to mark an open problem as severe, or as not severe; empty for other items."""
    if not _may_be_severe(item):
        return ()
    severe = item.urgency == Urgency.SEVERE
    label = ctx.speech.say("Not severe") if severe else ctx.speech.say("Severe")
    return (Button(label, "severe", {"number": str(item.number), "on": "0" if severe else "1"}),)


def _may_be_severe(item: AnyItem) -> bool:
    return item.kind is Kind.PROBLEM and item.audience is not Audience.TRUSTED and is_open(item)
