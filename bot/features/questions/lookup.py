"""Looks up somebody else's question in the knowledge, without storing it or passing it on."""

from sqlmodel import Session

from bot.commands.registry import Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.labels import labels
from bot.features.questions.learning.held import find
from bot.features.questions.presentation import ask_which
from bot.features.questions.provenance import answer_blocks
from bot.feedback import items
from bot.knowledge.policy import OFFERED, SearchResult
from bot.language.text.normalise import has_words
from bot.ports.reply import Block, Button, Buttons, Paragraph, Reply, Strong
from storage.vocabulary import Decision


async def lookup(ctx: Context, draft: Token | None = None) -> Reply:
    """Look up somebody else's message in what the team wrote; nothing is kept."""
    text = await _find_text(ctx, draft)
    if not has_words(text):
        raise UserError(ctx.speech.say("A few words are needed to look something up."))
    result = await ctx.core.library.find(ctx.community.id, text)
    return await ctx.read(lambda session: show(session, ctx, result))


async def read(ctx: Context, answer: Token) -> Reply:
    """Read an answer that was offered for somebody else's question."""
    return await ctx.read(lambda session: Reply(_answer(session, ctx, answer)))


async def _find_text(ctx: Context, draft: int | None) -> str:
    """The words to look up: of a draft with forwarded words, or of the message that the command is applied to.

    Raises:
        UserError: there is neither.
    """
    if draft is not None:
        kept = await ctx.read(lambda session: items.draft(session, ctx, draft, ("forwarded",)))
        return kept.args["text"]
    if ctx.inbound.about is None:
        raise UserError(ctx.speech.say("Point at a message: answer it with this command, or use its menu."))
    return ctx.inbound.about.text


def show(session: Session, ctx: Context, result: SearchResult) -> Reply:
    """Show a search result without storing anything."""
    if result.decision is Decision.ANSWER:
        return Reply(_answer(session, ctx, result.candidates[0].answer_id))
    if result.decision is Decision.SILENT:
        words = ctx.speech.say("I don't know, and I'd rather not guess. Nothing was kept or passed on.")
        return Reply((Paragraph(words), *_ask_oneself(ctx)))
    offers, nothing = _offers(session, result), ctx.speech.say("Nothing was kept or passed on.")
    words = ask_which(ctx.speech, len(offers.buttons))
    return Reply((Paragraph(words), offers, Paragraph(nothing), *_ask_oneself(ctx)))


def _answer(session: Session, ctx: Context, answer_id: int) -> tuple[Block, ...]:
    answer, asked = find(session, ctx, answer_id)
    said = answer_blocks(session, ctx.speech, answer, answer.language, ctx.now, ctx.zone)
    return (Paragraph((Strong(asked),)), *said)


def _offers(session: Session, result: SearchResult) -> Buttons:
    named = labels(session, (one.answer_id for one in result.displayed[:OFFERED]))
    return Buttons(tuple(Button(label, "read", {"answer": str(own)}) for own, label in named.items()))


def _ask_oneself(ctx: Context) -> tuple[Block, ...]:
    """The button to ask the team under one's own name, in one's own words."""
    words = ctx.speech.say("Pass this question to the team as yours? Then in your own words, and with your name.")
    return (Paragraph(words), Buttons((Button(ctx.speech.say("Ask in my own words"), "ask"),)))
