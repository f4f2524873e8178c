"""Answers a question about a known issue with what is known, before it is passed on to the team."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.features.questions.about_team import COMMAND
from bot.features.questions.following import Found
from bot.feedback.desk import incidents
from bot.feedback.desk.incidents import KnownIssue
from bot.ports.reply import Button, Buttons, Reply
from storage.traffic import prompts
from storage.vocabulary import Decision, Naming


async def answer_known(ctx: Context, known: KnownIssue, question: str, name: Naming | None) -> Reply:
    """Reply with what is known, and a button to ask the team anyway; the question is stored as a draft only."""
    if name is Naming.NAMELESS:
        await ctx.meet()

    def job(session: Session) -> Reply:
        kept = {"question": question, **({"name": name.value} if name else {})}
        draft = prompts.draft(session, ctx.holder, ctx.chat_mark, COMMAND, kept, ctx.now)
        anyway = Button(ctx.speech.say("Ask the team all the same"), "ask_anyway", {"draft": str(draft.id)})
        shown = incidents.blocks(session, ctx, known)
        return Reply((*shown[:-1], Buttons((incidents.join_or_leave_button(session, ctx, known), anyway))))

    return await ctx.settle(job)


def with_known_issue(session: Session, ctx: Context, known: KnownIssue | None, reply: Reply) -> Reply:
    """A copy of a reply with the known issue above it; the same reply if there is none."""
    if known is None:
        return reply
    return replace(reply, blocks=(*incidents.blocks(session, ctx, known), *reply.blocks))


def is_answered(found: Sequence[Found]) -> bool:
    """Whether one of these questions has an answer that is given, not only offered."""
    return any(one.result.decision is Decision.ANSWER for one in found)
