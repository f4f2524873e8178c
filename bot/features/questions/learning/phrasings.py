"""Proposes new phrasings of answers to the team: wordings with which several people found an answer that helped."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.knowledge.policy import UNASKED_THRESHOLD
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import has_words
from bot.ports.reply import Block, Button, Reply, Row, Title, say
from storage.answers import knowledge, questions
from storage.answers.questions import Helped
from storage.models import Question

SPAN = timedelta(days=90)
"""How far back wordings are searched for."""
FEWEST_PEOPLE = 2
"""The fewest people whom an answer must have helped for their wording to be proposed."""
MOST = 5
"""The largest number of wordings proposed at once."""
LOOKED_AT = 30
"""The number of most used wordings that are examined for new ones."""


async def proposed(ctx: Context) -> tuple[Block, ...]:
    """The wordings that could be added, each with a button, without those that find the answer with certainty."""
    since = ctx.now - SPAN
    found = await ctx.read(lambda session: questions.helped(session, ctx.community.id, since, FEWEST_PEOPLE, LOOKED_AT))
    new = [one for one in found if not await _is_known(ctx, one)]
    return tuple(_blocks(ctx, new[:MOST]))


async def _is_known(ctx: Context, one: Helped) -> bool:
    result = await ctx.core.library.find(ctx.community.id, one.text)
    best = result.candidates[0].answer_id if result.candidates else None
    return best != one.answer_id or result.score >= UNASKED_THRESHOLD


def _blocks(ctx: Context, new: Sequence[Helped]) -> Iterator[Block]:
    if new:
        yield Title(ctx.speech.say("Wordings that found an answer"), 2)
    for one in new:
        people = ctx.speech.count("{n} person", "{n} people", one.people)
        button = Button(ctx.speech.say("Add to the answer"), "add_wording", {"question": str(one.newest)})
        yield Row(f"{excerpt(one.text, 120)} · {people}", button)


async def add_wording(
    ctx: Context, question: Token, text: LongText | None = None, unchanged: Token | None = None
) -> Reply:
    """Add a wording with which an answer was found to that answer."""
    if text is None and not unchanged:
        asked = await ctx.read(lambda session: _find(session, ctx, question))
        as_it_is = Button(ctx.speech.say("As it is"), "add_wording", {"question": str(question), "unchanged": "1"})
        words = ctx.speech.say("How should the question read, without anything personal?")
        was = ctx.speech.say("It was asked like this: “{question}”", question=excerpt(asked.text, 600))
        return await ctx.ask(words, "text", ready=(as_it_is,), filled={"text": asked.text}, chosen=(was,))

    def job(session: Session) -> Reply:
        asked = _find(session, ctx, question)
        wording = asked.text if text is None else text.strip()
        if not has_words(wording):
            raise UserError(ctx.speech.say("A question is found by its words: a few are needed."))
        own = asked.asker_id if wording == asked.text else None
        if asked.answer_id is not None:
            knowledge.add_phrasing(session, ctx.community.id, asked.answer_id, wording, own)
        kept = say(ctx.speech.say("Kept. The answer is found with these words, too, from now on."))
        # After a form, the reply must not replace the list it was opened from, which has other wordings.
        return replace(kept, edits=unchanged is not None)

    return await ctx.settle(job)


def _find(session: Session, ctx: Context, question_id: int) -> Question:
    """The question whose wording is proposed.

    Raises:
        UserError: it was erased, or has no answer any more.
    """
    asked = questions.get(session, question_id)
    here = asked is not None and asked.community_id == ctx.community.id
    if asked is None or not here or not asked.text or asked.answer_id is None:
        raise UserError(ctx.speech.say("These words can no longer be added: they were erased, or their answer was."))
    return asked
