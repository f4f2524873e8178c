"""Finds an item for moderators, as the team's place may read it."""

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from bot.feedback.audience.visibility import may_see
from bot.feedback.display.outdated import Outdated
from storage.items import feedback
from storage.models import Feedback
from storage.vocabulary import Audience


def find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, if moderators may see it.

    Its author finds it no further, nor does a trusted contact: in the staff's place, that would tell the others.

    Raises:
        Outdated: there is none.
    """
    item = feedback.by_number(session, ctx.community.id, number)
    if item is None or item.audience is Audience.TRUSTED or not may_see(ctx, item):
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item


def hold(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, locked until the transaction ends; as `find`, asked again once it is locked."""
    feedback.hold(session, find(session, ctx, number))
    return find(session, ctx, number)


def actor(session: Session, ctx: Context, item: Feedback) -> int | None:
    """Who does something with an item, for its history; None for its nameless author, whose id would tell that."""
    return None if item.nameless and items.wrote(ctx, item, ctx.member) else ctx.person(session)
