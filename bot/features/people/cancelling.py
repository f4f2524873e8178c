"""Cancels what is under way: the bot's open question, or drafts."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.feedback import items
from bot.ports.reply import Reply, say
from storage.items import feedback
from storage.models import Feedback
from storage.traffic import prompts

RECENT = timedelta(days=1)
"""The age up to which feedback may be what somebody means to cancel."""


async def cancel(ctx: Context) -> Reply:
    """Drop the question the bot just asked."""
    asked = await ctx.read(lambda session: prompts.pending(session, ctx.holder, ctx.chat_mark, ctx.now))

    def job(session: Session) -> Reply:
        if asked:
            return replace(say(ctx.speech.say("Fine. Nothing was done.")), instead=ctx.going_on)
        if prompts.drop_drafts(session, ctx.holder, ctx.chat_mark):
            return say(ctx.speech.say("Fine. Nothing was sent, and the draft is gone."))
        return _nothing_under_way(session, ctx)

    return await ctx.settle(job)


def _nothing_under_way(session: Session, ctx: Context) -> Reply:
    """The reply when nothing is under way; after recent feedback it says how to withdraw that."""
    speech, latest = ctx.speech, _latest(session, ctx)
    if latest is None or not items.is_open(latest) or latest.created_at < ctx.now - RECENT:
        return say(speech.say("There is nothing under way."))
    command = ctx.core.registry.find("withdraw")
    return say(
        speech.say(
            "There is nothing under way, and #{number} stays with the team. To take it back: /{withdraw} {number}",
            number=latest.number,
            withdraw=command.name_in(speech.language) if command else "withdraw",
        )
    )


def _latest(session: Session, ctx: Context) -> Feedback | None:
    """The item this person filed last; None when there is none."""
    if ctx.member is None or not ctx.here:
        return None
    found = feedback.of_author(session, ctx.community.id, ctx.member.id, ctx.marks(ctx.member.id), 1)
    return found[0] if found else None
