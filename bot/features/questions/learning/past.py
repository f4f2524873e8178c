"""Shows moderators questions of imported chats with what answered them, to be kept as knowledge or not."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from bot.commands.registry import LongText, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.features.questions.learning.adding import add, kept_reply
from bot.knowledge.library import made_id
from bot.language.text.excerpt import excerpt
from bot.ports.reply import Block, Button, Buttons, Paragraph, Quote, Reply, Strong, Title, Weight, say
from storage.answers import knowledge, past
from storage.answers.knowledge import Entry
from storage.models import PastAnswer

MOST = 3
"""Shown at once; the others move up."""
MOST_QUOTED = 600
"""Characters of an answer that are shown in the list; the form has all of it."""


async def considered(ctx: Context) -> tuple[Block, ...]:
    """What most speaks for of imported chats, each with buttons; none when nothing waits."""

    def job(session: Session) -> tuple[Block, ...]:
        waiting = past.waiting(session, ctx.community.id, MOST)
        more = past.total(session, ctx.community.id) - len(waiting) if waiting else 0
        return tuple(_blocks(session, ctx, waiting, more))

    return await ctx.read(job)


def _blocks(session: Session, ctx: Context, waiting: Sequence[PastAnswer], more: int) -> Iterator[Block]:
    if waiting:
        yield Title(ctx.speech.say("Answered earlier, in an imported chat"), 2)
    for one in waiting:
        yield Paragraph((Strong(excerpt(one.question, 200)),))
        yield Quote(excerpt(one.text, MOST_QUOTED))
        if knowledge.ways_of(session, ctx.community.id, made_id(one.question)):
            yield Paragraph(ctx.speech.say("There is an answer to this question already, which it would replace."))
        args = {"past_answer": str(one.id)}
        keep = Button(ctx.speech.say("Keep the answer"), "keep_past", args, weight=Weight.PRIMARY)
        yield Buttons((keep, Button(ctx.speech.say("Not this"), "drop_past", args)))
    if more:
        yield Paragraph(ctx.speech.count("… and {n} more", "… and {n} more", more))


async def keep_past(
    ctx: Context,
    past_answer: Token,
    heading: ShortText | None = None,
    text: LongText | None = None,
    unchanged: Token | None = None,
) -> Reply:
    """Keep an answer of an imported chat, under a question without personal details."""
    if heading is None and text is None and not unchanged:
        found = await ctx.read(lambda session: _find(session, ctx, past_answer))
        as_it_is = Button(ctx.speech.say("As it is"), "keep_past", {"past_answer": str(past_answer), "unchanged": "1"})
        return await ctx.ask(
            ctx.speech.say("How should the question read, without anything personal?"),
            "heading",
            "text",
            ready=(as_it_is,),
            filled={"heading": found.question, "text": found.text},
            chosen=(found.question, found.text),
        )

    def job(session: Session) -> Reply:
        asked, answered = _take(session, ctx, past_answer)
        wording, said = (heading or asked).strip(), (text or answered).strip()
        language = ctx.core.detector.detect(f"{wording} {said}", ctx.community.language)
        return kept_reply(ctx, add(session, ctx, Entry(made_id(wording), (wording,), said, language), None))

    return await ctx.settle(job)


async def drop_past(ctx: Context, past_answer: Token) -> Reply:
    """Do not keep an answer of an imported chat; it does not come again with the next import."""

    def job(session: Session) -> Reply:
        _take(session, ctx, past_answer)
        return say(ctx.speech.say("Not kept. It does not come back with the next import."))

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, past_id: int) -> PastAnswer:
    """One that waits in this community.

    Raises:
        UserError: it was decided on, or is too old.
    """
    found = past.get(session, past_id)
    if found is None or found.community_id != ctx.community.id:
        raise UserError(ctx.speech.say("This answer does not wait any more: see /unanswered."))
    return found


def _take(session: Session, ctx: Context, past_id: int) -> tuple[str, str]:
    _find(session, ctx, past_id)
    words = past.take(session, past_id)
    if words is None:
        raise UserError(ctx.speech.say("This answer does not wait any more: see /unanswered."))
    return words
