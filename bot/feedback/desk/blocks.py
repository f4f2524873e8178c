"""Blocks: people who may not file feedback for a time, stored by keyed marks alone; only they are told of it."""

from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.feedback.telling.occasions import AnyOccasion
from bot.ports.inbound import Actor
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply
from bot.privacy.blocks import block_mark
from storage.engine.loading import by_id
from storage.items.desk import blocks
from storage.items.desk.blocks import Standing
from storage.models import Member
from storage.people import marks, members
from storage.vocabulary import Audience

APPEAL = "contest"
"""The command by which a blocked person asks the team to look again."""


def refusal(session: Session, ctx: Context, audience: Audience) -> Reply | None:
    """The reply to a blocked person who files, rewords or shows something to this audience; None when they may.

    Items for the trusted contacts alone may always be filed, as a moderator could block people who complain of them.
    """
    found = standing(session, ctx) if audience is not Audience.TRUSTED else None
    if found is None:
        return None
    speech = ctx.speech
    pause = speech.say(
        "The moderators of {community} ask for a pause: until {day}, nothing new from here goes to the team, and "
        "nothing of this was kept. Reading, supporting and asking stay open.",
        community=ctx.community.name,
        day=last_day(ctx, found.until),
    )
    # The reason is empty if the moderator who gave it was erased.
    said = (Paragraph(speech.say("Their reason:")), Quote(speech.translate(found.reason)))
    reason = said if found.reason else ()
    return Reply((Paragraph(pause), *reason, _way_to_appeal(ctx, found)))


def is_blocked(session: Session, occasion: AnyOccasion, member_id: int) -> bool:
    """Whether what a member files now would be refused."""
    keys, own = occasion.core.store.keys, occasion.community

    def theirs() -> list[str]:
        member = by_id(session, Member, member_id)
        accounts = [Actor(one.platform, one.external_id, "") for one in members.accounts_of(session, member_id)]
        held = marks.of_person(keys, own, member_id, member, occasion.now)
        return [*held, *(block_mark(keys, own.id, one) for one in accounts)]

    return blocks.standing(session, own.id, theirs, occasion.now) is not None


def standing(session: Session, ctx: Context) -> Standing | None:
    """The block of the person who acts; None when they are not blocked in this community."""
    keys, own = ctx.core.store.keys, ctx.community.id

    def theirs() -> list[str]:
        held = ctx.marks(ctx.member.id) if ctx.member else []
        return [*held, block_mark(keys, own, ctx.inbound.actor)]

    return blocks.standing(session, own, theirs, ctx.now)


def last_day(ctx: Context, until: datetime) -> str:
    """The day a block ends, in words."""
    return ctx.speech.day(until.astimezone(ctx.zone).date())


def _way_to_appeal(ctx: Context, found: Standing) -> Buttons | Paragraph:
    if found.appealed:
        return Paragraph(ctx.speech.say("The team has been asked to look again."))
    return Buttons((Button(ctx.speech.say("Ask to look again"), APPEAL),))
