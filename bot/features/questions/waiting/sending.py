"""The command by which the team sends an answer to those whose waiting questions it may answer."""

from datetime import UTC, datetime

from sqlmodel import Session

from bot.commands.registry import ShortText, Token
from bot.context import Context
from bot.features.questions.waiting import waiting
from bot.features.questions.waiting.reconsideration import groups
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Paragraph, Reply
from storage.models import Community


async def send_answer(ctx: Context, answer: Token, until: Token, question: ShortText | None = None) -> Reply:
    """Send an answer to everyone whose question it may answer.

    Args:
        question: the questions that the button's message showed; only their erasure needs them.
    """
    found = await waiting.match(ctx.core, ctx.community.id)
    # Only the questions asked before the team was shown them.
    at = datetime.fromtimestamp(until, UTC)
    shown = [one for one in found if one.asked_at <= at]
    meant = [one for one in shown if one.answer_id == answer]
    left = [one for one in shown if one not in meant and not one.sure]

    def job(session: Session) -> Reply:
        community = session.get_one(Community, ctx.community.id)
        told = waiting.tell(session, ctx.core, community, meant, ctx.now)
        if not told:
            raise Outdated(
                ctx.speech.say("Nobody waits for this answer any more."), *groups(session, ctx.speech, left, at)
            )
        said = ctx.speech.count("{n} person will be told.", "{n} people will be told.", told)
        return Reply((Paragraph(said), *groups(session, ctx.speech, left, at)))

    return await ctx.settle(job)
