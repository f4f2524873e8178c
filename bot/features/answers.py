"""Answering members from the team's knowledge, and staying quiet when it does not know."""

from dataclasses import replace

from sqlmodel import Session

from bot.arguments import split
from bot.context import Context
from bot.errors import UserError
from bot.knowledge import Finding
from bot.language.courtesy import Courtesy, courtesy
from bot.language.excerpt import excerpt
from bot.language.normalise import has_words, same_question
from bot.redaction import redact_archive
from bot.registry import LongText, Token
from bot.reply import Button, Buttons, Paragraph, Reply, Strong, say
from bot.welcome import welcome
from bot.words import Useful
from storage import knowledge, questions
from storage.models import Question
from storage.vocabulary import Decision

OFFERED = 3
FEWEST_WORDS = 3
"""Plain talk shorter than this is not a question: `yes` and `no idea` are in many knowledge bases."""


async def ask(ctx: Context, question: LongText) -> Reply | None:
    """Ask a question; the answer comes from what the team wrote."""
    kind = courtesy(question)
    if kind is not None:
        return _return(ctx, kind)
    if not has_words(question):
        raise UserError(ctx.speech.say("A few words are needed to look something up."))
    finding = await ctx.core.library.find(ctx.community.id, question)
    return await ctx.settle(lambda session: _answer(session, ctx, question, finding))


async def overhear(ctx: Context, question: LongText) -> Reply | None:
    """Answer plain talk in a public place when sure; otherwise nothing, and nothing is kept."""
    if len(question.split()) < FEWEST_WORDS or courtesy(question):
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


async def reask(ctx: Context, question: LongText) -> Reply | None:
    """Answer the new words of a question that was edited; nothing when they get the same answer."""
    words = _words_of(ctx, question)
    asked = await ctx.read(lambda session: _edited(session, ctx))
    if asked is None or not has_words(words) or courtesy(words) or same_question(words) == asked.plain:
        return None
    before, after = [await ctx.core.library.find(ctx.community.id, text) for text in (asked.text, words)]
    if not (ctx.inbound.addressed or after.certain):
        return None
    if _told(before) == _told(after):
        await ctx.core.store.write(lambda session: _reword(session, ctx, asked.id, words))
        return None

    def job(session: Session) -> Reply:
        again = _reword(session, ctx, asked.id, words)
        best = after.candidates[0].answer_id if after.decision is Decision.ANSWER else None
        again.decision, again.answer_id, again.score, again.useful = after.decision, best, after.score, None
        return _reply(session, ctx, again, after)

    return await ctx.settle(job)


def _return(ctx: Context, kind: Courtesy) -> Reply | None:
    """A greeting hears what the bot does; thanks and nods a word, or in the open, where they need none, nothing."""
    if kind is Courtesy.GREETING:
        shown = welcome(ctx)
        return replace(shown, blocks=(Paragraph(ctx.speech.say("Hello.")), *shown.blocks))
    if not ctx.private and ctx.inbound.command is None:
        return None
    return say(ctx.speech.say("With pleasure.") if kind is Courtesy.THANKS else ctx.speech.say("All right."))


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
            source=ctx.source,
            asked_at=ctx.now,
        ),
    )
    return _reply(session, ctx, question, finding)


def _reply(session: Session, ctx: Context, question: Question, finding: Finding) -> Reply:
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
        ctx.speech.say("I don't know, and I'd rather not guess. I've passed it on; the answer will come here.")
        if ctx.private
        else ctx.speech.say("I don't know, and I'd rather not guess. I've passed it on; the answer will come to you.")
    ]
    if others:
        words.append(ctx.speech.count("{n} other is waiting too.", "{n} others are waiting too.", others))
    return say(" ".join(words))


def _asked(session: Session, ctx: Context, question_id: int) -> Question:
    question = questions.get(session, question_id)
    if question is None or question.community_id != ctx.community.id:
        raise UserError(ctx.speech.say("This question is no longer there. Ask again to search afresh."))
    return question


def _edited(session: Session, ctx: Context) -> Question | None:
    """This person's question in the message that was edited."""
    asked = questions.of_message(session, ctx.source)
    return asked if asked and ctx.member and asked.asker_id == ctx.member.id else None


def _words_of(ctx: Context, text: str) -> str:
    """What is asked, without the command that asks it; another command asks nothing."""
    typed = split(text)
    if typed is None:
        return text
    return typed.rest if ctx.core.registry.find(typed.name) is ctx.core.registry.find("ask") else ""


def _told(finding: Finding) -> tuple[Decision, tuple[int, ...]]:
    """What a person hears of a finding: the answer, the answers offered, or nothing."""
    shown = {Decision.ANSWER: 1, Decision.OFFER: OFFERED, Decision.SILENT: 0}[finding.decision]
    return finding.decision, tuple(one.answer_id for one in finding.likely[:shown])


def _reword(session: Session, ctx: Context, question_id: int, words: str) -> Question:
    """Give a question its new words; digests that showed the old ones forget them, as an erasure could not."""
    asked = _asked(session, ctx, question_id)
    redact_archive(session, ctx.core.wire, (), [(asked.id, asked.text)])
    language = ctx.core.detector.detect(words, ctx.speech.language)
    return questions.reword(session, asked, words, same_question(words), language)
