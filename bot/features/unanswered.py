"""What waits for an answer: answered once, and told to everyone who asked."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.knowledge.library import made_id
from bot.language.excerpt import excerpt
from bot.locales.speech import Speech
from bot.ports.reply import Bullets, Button, Buttons, Line, Paragraph, Quote, Reply, Strong, Title, say
from storage import members, outbox, prompts, questions
from storage.models import Prompt, Question
from storage.questions import Waiting

LISTED = 15
AT_HAND = 5
"""Buttons: what is answered makes room for the next."""


async def unanswered(ctx: Context) -> Reply:
    """List the questions that still wait for an answer."""
    waiting = await ctx.read(lambda session: _waiting(session, ctx))
    if not waiting:
        return say(ctx.speech.say("No question waits for an answer."))
    return Reply((Title(ctx.speech.say("Questions without an answer")), *_listed(ctx, waiting, {})))


async def answer(
    ctx: Context, question: Token | None = None, text: LongText | None = None, draft: Token | None = None
) -> Reply:
    """Answer a question once, for everyone who asked it."""
    if question is None:
        return await (unanswered(ctx) if text is None else _offer(ctx, text))
    if text is None and not draft:
        asked = await ctx.read(lambda session: _same(session, ctx, question)[-1])
        words = ctx.speech.say(
            "What is the answer to “{question}”? Everyone who asked reads it.", question=excerpt(asked.text, 200)
        )
        return await ctx.ask(words, "text")

    def job(session: Session) -> Reply:
        return _answer(session, ctx, question, _typed(session, ctx, draft) if draft else text or "")

    return await ctx.settle(job)


async def _offer(ctx: Context, text: str) -> Reply:
    """Keep an answer that came before its question, and ask which one it is for."""

    def job(session: Session) -> Reply:
        waiting = _waiting(session, ctx)
        if not waiting:
            return say(ctx.speech.say("No question waits for an answer."))
        draft = _kept(session, ctx, "answer", {"text": text})
        asked = Paragraph(ctx.speech.say("Which question does this answer? Everyone who asked it reads it."))
        return Reply((asked, Quote(text), *_listed(ctx, waiting, {"draft": str(draft.id)})))

    return await ctx.settle(job)


def _waiting(session: Session, ctx: Context) -> list[Waiting]:
    return questions.unanswered(session, ctx.community.id, ctx.community.created_at, ctx.now, most=LISTED)


def _listed(ctx: Context, waiting: Sequence[Waiting], args: Mapping[str, str]) -> tuple[Bullets, Buttons]:
    """What waits, with buttons that answer the first of it."""
    lines: list[Line] = [
        (f"{excerpt(one.text, 120)} · ", Strong(ctx.speech.count("{n} person", "{n} people", one.people)))
        for one in waiting
    ]
    buttons = (
        Button(
            ctx.speech.say("Answer: {question}", question=excerpt(one.text, 60)),
            "answer",
            {"question": str(one.newest), **args},
        )
        for one in waiting[:AT_HAND]
    )
    return Bullets(tuple(lines)), Buttons(tuple(buttons))


def _answer(session: Session, ctx: Context, question_id: int, text: str) -> Reply:
    same = _same(session, ctx, question_id, hold=True)
    asked, told = same[-1], _tell(session, ctx, same, text)
    questions.close(session, same)
    draft = _kept(session, ctx, "learn", {"question": str(asked.id), "mark": made_id(asked.text), "text": text})
    heard = ctx.speech.count("{n} person will be told.", "{n} people will be told.", told)
    offered = ctx.speech.say("Should the bot give this answer to whoever asks next?")
    keep = Button(ctx.speech.say("Keep the answer"), "learn", {"draft": str(draft.id)})
    return Reply((Paragraph(heard), Quote(asked.text), Paragraph(text), Paragraph(offered), Buttons((keep,))))


def _same(session: Session, ctx: Context, question_id: int, *, hold: bool = False) -> Sequence[Question]:
    """Everybody's questions that ask the same as this one, and wait.

    Raises:
        UserError: none does any more.
    """
    asked = questions.get(session, question_id)
    here = asked is not None and asked.community_id == ctx.community.id
    found = questions.same_open(session, asked, hold=hold) if asked and here else []
    if not found:
        raise UserError(ctx.speech.say("This question does not wait any more: it was answered, or erased."))
    return found


def _tell(session: Session, ctx: Context, same: Sequence[Question], text: str) -> int:
    """Owe each of those who asked the answer, once and in their language.

    Returns:
        How many people will hear.
    """
    own = {one.asker_id: one for one in same if one.asker_id is not None}
    spoken = members.languages_of(session, list(own))
    owed = {}
    for member_id, asked in own.items():
        speech = ctx.core.languages.speech(*spoken.get(member_id, ()), ctx.community.language)
        # One question can be answered a second time, after the first answer was no help.
        owed[f"answered:{asked.id}:{ctx.source[:16]}", member_id] = ctx.core.codec.dump(_news(speech, asked, text))
    outbox.owe_each(session, owed, ctx.now)
    return len(own)


def _news(speech: Speech, asked: Question, text: str) -> Reply:
    return Reply(
        (Paragraph(speech.say("The team has answered this question of yours:")), Quote(asked.text), Paragraph(text))
    )


def _kept(session: Session, ctx: Context, command: str, args: Mapping[str, str]) -> Prompt:
    """Keep an answer for a day, for any of the team: in the staff's place all see its buttons."""
    return prompts.draft(session, ctx.holder, ctx.chat_mark, command, args, ctx.now, ctx.community.id)


def _typed(session: Session, ctx: Context, draft_id: int) -> str:
    """The answer that came before its question."""
    found = prompts.of_team(session, draft_id, ctx.community.id, "answer", ctx.now)
    if found is None:
        raise UserError(ctx.speech.say("This answer is gone: it was sent, or is older than a day."))
    text = found.args["text"]
    prompts.drop(session, found)
    return text
