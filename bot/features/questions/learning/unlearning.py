"""The commands that remove answers from the knowledge, and undo changes."""

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.labels import labels
from bot.features.questions.learning.held import find
from bot.knowledge.formatting import formatted
from bot.knowledge.policy import OFFERED
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Strong, say
from bot.transfer import changes


async def unlearn(ctx: Context, text: LongText) -> Reply:
    """Take an answer out of the knowledge, found by its question."""
    result = await ctx.core.library.find(ctx.community.id, text)
    found = [one.answer_id for one in result.displayed[:OFFERED]]

    def job(session: Session) -> Reply:
        known = labels(session, found)
        if not known:
            raise UserError(ctx.speech.say("No answer of the knowledge fits these words."))
        buttons = (Button(label, "drop", {"answer": str(own)}) for own, label in known.items())
        return Reply((Paragraph(ctx.speech.say("Which answer goes? It is shown first.")), Buttons(tuple(buttons))))

    return await ctx.read(job)


async def drop(ctx: Context, answer: Token, sure: Token | None = None) -> Reply:
    """Show an answer of the knowledge, and take it out once that is confirmed."""
    if sure is None:
        return await ctx.read(lambda session: _shown(session, ctx, answer))
    at = ctx.now

    def job(session: Session) -> Reply:
        name = find(session, ctx, answer)[0].external_id
        held = changes.held_entries(session, ctx.community.id)
        gone = [held[name]] if name in held else []
        number = changes.carry_out(session, ctx.community.id, changes.Change((), (), gone, 0, (), gone), at)
        back = Button(ctx.speech.say("Bring it back"), "relearn", {"change": str(number)})
        told = Paragraph(ctx.speech.say("Taken out: the bot no longer gives this answer."))
        return Reply((told, Buttons((back,)) if number else Buttons(())))

    return await ctx.settle(job)


async def relearn(ctx: Context, change: Token) -> Reply:
    """Bring back an answer that was taken out of the knowledge."""

    def job(session: Session) -> Reply:
        if changes.undo(session, ctx.community.id, change) is None:
            raise UserError(ctx.speech.say("This can no longer be brought back."))
        return say(ctx.speech.say("Brought back: the bot gives this answer again."))

    return await ctx.settle(job)


async def unkeep(ctx: Context, change: Token) -> Reply:
    """Take back an answer that was kept; one that it replaced is given again."""

    def job(session: Session) -> Reply:
        if changes.undo(session, ctx.community.id, change) is None:
            raise UserError(ctx.speech.say("This can no longer be taken back."))
        return say(ctx.speech.say("Taken back: what the bot knew before holds again."))

    return await ctx.settle(job)


def _shown(session: Session, ctx: Context, answer: int) -> Reply:
    found, asked = find(session, ctx, answer)
    sure = Button(ctx.speech.say("Take it out"), "drop", {"answer": str(answer), "sure": "1"})
    blocks: tuple[Block, ...] = (Paragraph((Strong(asked),)), *formatted(found.text), Buttons((sure,)))
    return Reply(blocks)
