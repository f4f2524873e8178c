"""What waits for an answer: answered once, told to everyone who asked, and kept when that is wished."""

from collections.abc import Sequence

from sqlmodel import Session

from bot import items
from bot.context import Context
from bot.errors import UserError
from bot.knowledge import made_id
from bot.language.excerpt import excerpt
from bot.registry import LongText, Token
from bot.reply import Bullets, Button, Buttons, Line, Paragraph, Quote, Reply, Strong, Title, say
from bot.speech import Speech
from storage import knowledge, members, outbox, prompts, questions
from storage.knowledge import Entry
from storage.models import Question

LISTED = 15
AT_HAND = 5
"""Buttons: what is answered makes room for the next."""


async def unanswered(ctx: Context) -> Reply:
    """List the questions that still wait for an answer."""
    waiting = await ctx.read(
        lambda session: questions.unanswered(session, ctx.community.id, ctx.community.created_at, ctx.now, most=LISTED)
    )
    if not waiting:
        return say(ctx.speech.say("No question waits for an answer."))
    lines: list[Line] = [
        (f"{excerpt(one.text, 120)} · ", Strong(ctx.speech.count("{n} person", "{n} people", one.people)))
        for one in waiting
    ]
    buttons = tuple(
        Button(
            ctx.speech.say("Answer: {question}", question=excerpt(one.text, 60)),
            "answer",
            {"question": str(one.newest)},
        )
        for one in waiting[:AT_HAND]
    )
    return Reply((Title(ctx.speech.say("Questions without an answer")), Bullets(tuple(lines)), Buttons(buttons)))


async def answer(ctx: Context, question: Token | None = None, text: LongText | None = None) -> Reply:
    """Answer a question once, for everyone who asked it."""
    if question is None:
        return await unanswered(ctx)
    if text is None:
        asked = await ctx.read(lambda session: _same(session, ctx, question)[-1])
        words = ctx.speech.say(
            "What is the answer to “{question}”? Everyone who asked reads it.", question=excerpt(asked.text, 200)
        )
        return await ctx.ask(words, "text")
    return await ctx.settle(lambda session: _answer(session, ctx, question, text))


async def learn(ctx: Context, draft: Token) -> Reply:
    """Keep an answer for whoever asks next."""

    def job(session: Session) -> Reply:
        kept = items.draft(session, ctx, draft, ("answer",))
        asked = questions.get(session, int(kept.args["question"]))
        if asked is None or not asked.text:
            raise UserError(ctx.speech.say("This question is no longer there. Ask again to search afresh."))
        _keep(session, ctx, asked, kept.args["text"])
        prompts.drop(session, kept)
        return say(ctx.speech.say("Kept. The bot gives this answer from now on."))

    return await ctx.settle(job)


def _answer(session: Session, ctx: Context, question_id: int, text: str) -> Reply:
    same = _same(session, ctx, question_id)
    told = _tell(session, ctx, same, text)
    questions.close(session, same)
    given = {"question": str(same[-1].id), "text": text}
    draft = prompts.draft(session, ctx.holder, ctx.chat_mark, "answer", given, ctx.now)
    heard = ctx.speech.count("{n} person will be told.", "{n} people will be told.", told)
    offered = ctx.speech.say("Should the bot give this answer to whoever asks next?")
    keep = Button(ctx.speech.say("Keep the answer"), "learn", {"draft": str(draft.id)})
    return Reply((Paragraph(heard), Quote(same[-1].text), Paragraph(text), Paragraph(offered), Buttons((keep,))))


def _same(session: Session, ctx: Context, question_id: int) -> Sequence[Question]:
    """Everybody's questions that ask the same as this one, and wait.

    Raises:
        UserError: none does any more.
    """
    asked = questions.get(session, question_id)
    here = asked is not None and asked.community_id == ctx.community.id
    found = questions.same_open(session, asked) if asked and here else []
    if not found:
        raise UserError(ctx.speech.say("This question does not wait any more: it was answered, or erased."))
    return found


def _tell(session: Session, ctx: Context, same: Sequence[Question], text: str) -> int:
    """Owe each of those who asked the answer, once and in their language.

    Returns:
        How many people will hear.
    """
    own = {one.asker_id: one for one in same if one.asker_id is not None}
    for member_id, asked in own.items():
        speech = ctx.core.languages.speech(*members.languages(session, member_id), ctx.community.language)
        payload = ctx.core.wire.dump(_news(speech, asked, text))
        # One question can be answered a second time, after the first answer was no help.
        outbox.owe(session, f"answered:{asked.id}:{ctx.source[:16]}", payload, ctx.now, recipient_id=member_id)
    return len(own)


def _news(speech: Speech, asked: Question, text: str) -> Reply:
    return Reply(
        (Paragraph(speech.say("The team has answered this question of yours:")), Quote(asked.text), Paragraph(text))
    )


def _keep(session: Session, ctx: Context, asked: Question, text: str) -> None:
    """Add to the knowledge; under a question that is there already the new answer replaces the old."""
    own = made_id(asked.text)
    ways = dict.fromkeys((*knowledge.ways_of(session, ctx.community.id, own), asked.text))
    language = ctx.core.detector.detect(text, asked.language)
    knowledge.add(session, ctx.community.id, [Entry(own, tuple(ways), text, language)])
