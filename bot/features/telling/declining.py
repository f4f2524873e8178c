"""The command by which people decline another member's question, or all such questions."""

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Button, Buttons, Paragraph, Reply, say
from storage.people import referrals


async def not_now(ctx: Context, referral: Token, stop: Token | None = None) -> Reply:
    """Leave a question of another member."""
    # stop: 1 to be sent no more questions.

    def job(session: Session) -> Reply:
        found = referrals.own(session, ctx.member.id, referral) if ctx.member else None
        if found is None:
            raise Outdated(ctx.speech.say("This question was not for you, or is gone."))
        if not stop:
            return say(ctx.speech.say("Fine. Somebody else may know."))
        referrals.decline(session, ctx.community.id, found.member_id)
        words = ctx.speech.say("Fine. No more questions of other members. What you are ready for otherwise stays.")
        return Reply((Paragraph(words), Buttons((Button(ctx.speech.say("Ready to talk"), "dialogue"),))))

    return await ctx.settle(job)
