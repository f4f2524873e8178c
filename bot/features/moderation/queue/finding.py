"""Finds an item that may be shown to moderators in the team's place."""

from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from bot.feedback.audience.visibility import may_see
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Reply
from storage.items import feedback
from storage.models import Feedback
from storage.vocabulary import Audience


def find(session: Session, ctx: Context, number: int) -> Feedback:
    """The item with that number, if moderators may see it.

    It is not found by its author or a trusted contact as such: shown in the staff's place, it would be revealed.

    Raises:
        Outdated: there is none.
    """
    item = feedback.by_number(session, ctx.community.id, number)
    if item is None or item.audience is Audience.TRUSTED or not may_see(ctx, item):
        raise Outdated(ctx.speech.say("There is no #{number} that you can see here.", number=number))
    return item


def hold(session: Session, ctx: Context, number: int) -> Feedback:
    """As `find`, with the item locked until the transaction ends; checked again once it is locked."""
    feedback.hold(session, find(session, ctx, number))
    return find(session, ctx, number)


def hush(ctx: Context, reply: Reply) -> Reply:
    """A copy of a reply that deletes a command typed where members read along, where the bot may."""
    chat = ctx.inbound.chat
    return replace(reply, hush=chat.overlooked and not chat.staff)


def actor(session: Session, ctx: Context, item: Feedback) -> int | None:
    """The member id to record in an item's history; None for its own nameless author, whom it would reveal."""
    return None if item.nameless and items.wrote(ctx, item, ctx.member) else ctx.person(session)
