"""Answering members from the team's knowledge, and staying quiet when it does not know."""

from sqlmodel import Session

from bot.context import Context
from bot.errors import UserError
from bot.knowledge import Finding
from bot.language.excerpt import excerpt
from bot.language.normalise import same_question
from bot.registry import LongText, Token
from bot.reply import Bullets, Button, Buttons, Line, Paragraph, Reply, Strong, Title, say
from bot.words import Useful
from storage import knowledge, questions
from storage.models import Question
from storage.vocabulary import Decision

OFFERED = 3
FEWEST_WORDS = 3
"""Plain talk shorter than this is not a question: `yes` and `no idea` are in many knowledge bases."""


async def ask(ctx: Context, question: LongText) -> Reply:
    """Ask a question; the answer comes from what the team wrote."""
    if not same_question(question):
        raise UserError(ctx.speech.say("A few words are needed to look something up."))
    finding = await ctx.core.library.find(ctx.community.id, question)
    return await ctx.settle(lambda session: _answer(session, ctx, question, finding))


async def overhear(ctx: Context, question: LongText) -> Reply | None:
    """Answer plain talk in a public place when sure; otherwise nothing, and nothing is kept."""
    if len(question.split()) < FEWEST_WORDS:
        return None
    finding = await ctx.core.library.find(ctx.community.id, question)
    if not finding.certain:
        return None
    return await ctx.settle(lambda session: _answer(session, ctx, question, finding))


async def pick(ctx: Context, question: Token, answer: Token) -> Reply:
    """Read one of the answers offered."""

    def job(session: Session) -> Reply:
        asked = _asked(session, ctx, question)
        asked.decision, asked.answer_id = Decision.ANSWER, answer
        return _show(session, ctx, asked)

    return await ctx.settle(job)


async def none_of_these(ctx: Context, question: Token) -> Reply:
    """Say that none of the answers offered fits: the question goes to the team."""

    def job(session: Session) -> Reply:
        return _pass_on(session, ctx, _asked(session, ctx, question))

    return await ctx.settle(job)


async def useful(ctx: Context, question: Token, verdict: Useful) -> Reply:
    """Say whether an answer helped."""

    def job(session: Session) -> Reply:
        asked = _asked(session, ctx, question)
        asked.useful = verdict is Useful.YES
        if asked.useful:
            return say(ctx.speech.say("Good to know, thank you."))
        return _pass_on(session, ctx, asked)

    return await ctx.settle(job)


async def unanswered(ctx: Context) -> Reply:
    """List the questions that still wait for an answer."""
    waiting = await ctx.read(
        lambda session: questions.unanswered(session, ctx.community.id, ctx.community.created_at, ctx.now, most=15)
    )
    if not waiting:
        return say(ctx.speech.say("No question waits for an answer."))
    lines: list[Line] = [
        (f"{excerpt(one.text, 120)} · ", Strong(ctx.speech.count("{n} person", "{n} people", one.people)))
        for one in waiting
    ]
    return Reply((Title(ctx.speech.say("Questions without an answer")), Bullets(tuple(lines))))


def _answer(session: Session, ctx: Context, text: str, finding: Finding) -> Reply:
    best = finding.candidates[0] if finding.candidates else None
    question = questions.keep(
        session,
        Question(
            community_id=ctx.community.id,
            asker_id=ctx.person(session),
            text=text,
            plain=same_question(text),
            language=ctx.core.detector.detect(text, ctx.speech.language),
            decision=finding.decision,
            answer_id=best.answer_id if best and finding.decision is Decision.ANSWER else None,
            score=finding.score,
            asked_at=ctx.now,
        ),
    )
    if finding.decision is Decision.ANSWER:
        return _show(session, ctx, question)
    if finding.decision is Decision.OFFER:
        return _offer(session, ctx, question, finding)
    return _pass_on(session, ctx, question)


def _show(session: Session, ctx: Context, question: Question) -> Reply:
    found = knowledge.get(session, question.answer_id) if question.answer_id is not None else None
    if found is None:
        raise UserError(ctx.speech.say("This answer is no longer there. Ask again to search afresh."))
    answer, asked = found
    kept = {"question": str(question.id)}
    return Reply(
        (
            Paragraph((Strong(asked),)),
            Paragraph(answer.text),
            Buttons(
                (
                    Button(ctx.speech.say("This helped"), "useful", {**kept, "verdict": Useful.YES.value}),
                    Button(ctx.speech.say("This did not help"), "useful", {**kept, "verdict": Useful.NO.value}),
                )
            ),
        )
    )


def _offer(session: Session, ctx: Context, question: Question, finding: Finding) -> Reply:
    buttons = []
    for candidate in finding.likely[:OFFERED]:
        found = knowledge.get(session, candidate.answer_id)
        if found:
            args = {"question": str(question.id), "answer": str(candidate.answer_id)}
            buttons.append(Button(excerpt(found[1], 80), "pick", args))
    none = Button(ctx.speech.say("None of these"), "none_of_these", {"question": str(question.id)})
    words = ctx.speech.say("I am not sure which of these is meant:")
    return Reply((Paragraph(words), Buttons((*buttons, none))))


def _pass_on(session: Session, ctx: Context, question: Question) -> Reply:
    if question.decision is Decision.OFFER:
        question.decision = Decision.SILENT
    others = questions.others(session, ctx.community.id, question.plain, question.asker_id)
    words = [
        ctx.speech.say("I don't know, and I'd rather not guess. I've passed it on: the team sees it in its digest.")
    ]
    if others:
        words.append(ctx.speech.count("{n} other is waiting too.", "{n} others are waiting too.", others))
    return say(" ".join(words))


def _asked(session: Session, ctx: Context, question_id: int) -> Question:
    question = questions.get(session, question_id)
    if question is None or question.community_id != ctx.community.id:
        raise UserError(ctx.speech.say("This question is no longer there. Ask again to search afresh."))
    return question
