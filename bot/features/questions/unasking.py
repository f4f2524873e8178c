"""The command by which people withdraw a question from the list of theirs."""

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.feedback.display.outdated import Outdated
from bot.ports.reply import Reply, say
from bot.privacy.redaction import redact_archive
from storage.answers import questions


async def unask(ctx: Context, question: Token) -> Reply:
    """Take back a question you asked."""

    def job(session: Session) -> Reply:
        asked = questions.hold(session, question)
        if asked is None or not asked.text or ctx.member is None or asked.asker_id != ctx.member.id:
            raise Outdated(ctx.speech.say("This question is no longer there."))
        redact_archive(session, ctx.core.codec, (), [(asked.id, asked.text)])
        questions.withdraw(session, asked)
        return say(ctx.speech.say("Your question is withdrawn."))

    return await ctx.settle(job)
