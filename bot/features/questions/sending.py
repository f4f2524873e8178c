"""Lets the team send an answer to those whose waiting question it may answer."""

from datetime import UTC, datetime

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions import waiting
from bot.ports.reply import Reply, say
from storage.models import Community


async def send_answer(ctx: Context, answer: Token, until: Token) -> Reply:
    """Send an answer to everyone whose question it may answer."""
    found = await waiting.match(ctx.core, ctx.community.id)
    # Only what had been asked when the team was shown the questions.
    shown = datetime.fromtimestamp(until, UTC)
    meant = [one for one in found if one.answer_id == answer and one.asked_at <= shown]

    def job(session: Session) -> Reply:
        community = session.get_one(Community, ctx.community.id)
        told = waiting.tell(session, ctx.core, community, meant, ctx.now)
        if not told:
            raise UserError(ctx.speech.say("Nobody waits for this answer any more."))
        return say(ctx.speech.count("{n} person will be told.", "{n} people will be told.", told))

    return await ctx.settle(job)
