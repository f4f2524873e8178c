"""The command that cancels the bot's open question, or drafts."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.feedback.recent import latest
from bot.ports.reply import Reply, say
from storage.traffic import prompts


async def cancel(ctx: Context, sure: Token | None = None) -> Reply:
    """Drop the question the bot just asked."""
    if sure is not None:
        # Pressed below "are you sure?", of which nothing is stored; an open question or draft stays open.
        return replace(say(ctx.speech.say("Fine. Nothing was done.")), edits=True)
    asked = await ctx.read(lambda session: prompts.pending(session, ctx.holder, ctx.chat_mark, ctx.now))

    def job(session: Session) -> Reply:
        if asked:
            return replace(say(ctx.speech.say("Fine. Nothing was done.")), edits=ctx.going_on)
        if prompts.drop_drafts(session, ctx.holder, ctx.chat_mark):
            return say(ctx.speech.say("Fine. Nothing was sent, and the draft is gone."))
        return _nothing_under_way(session, ctx)

    return await ctx.settle(job)


def _nothing_under_way(session: Session, ctx: Context) -> Reply:
    """The reply when there is nothing to cancel; after recent feedback it says how to withdraw that."""
    speech, recent = ctx.speech, latest(session, ctx)
    if not recent:
        return say(speech.say("There is nothing under way."))
    command = ctx.core.registry.find("withdraw")
    withdraw = command.name_in(speech.language) if command else "withdraw"
    if len(recent) > 1:
        numbers = ", ".join(f"#{item.number}" for item in recent)
        return say(
            speech.say(
                "There is nothing under way. With the team: {numbers}. To take one back: /{withdraw} and its number",
                numbers=numbers,
                withdraw=withdraw,
            )
        )
    return say(
        speech.say(
            "There is nothing under way, and #{number} stays with the team. To take it back: /{withdraw} {number}",
            number=recent[0].number,
            withdraw=withdraw,
        )
    )
