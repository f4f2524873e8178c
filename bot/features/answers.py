"""Answering members from the team's knowledge, and staying quiet when it does not know."""

from dataclasses import replace

from sqlmodel import Session

from bot.commands.arguments import split, words_of
from bot.commands.registry import LongText, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback.welcome import welcome
from bot.knowledge.library import Finding
from bot.language.courtesy import Courtesy, courtesy
from bot.language.excerpt import excerpt
from bot.language.normalise import has_words, same_question
from bot.locales.words import Useful
from bot.ports.reply import Button, Buttons, Paragraph, Reply, Strong, say
from bot.privacy.redaction import redact_archive
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
    """Answer the new words of a question that was edited; nothing when there is nothing else to tell."""
    words = words_of(question, ctx.core.registry, ("ask",))
    asked = await ctx.read(lambda session: _edited(session, ctx))
    if asked is None or (split(question) and not words) or same_question(words) == asked.plain:
        return None
    if courtesy(words) or not has_words(words):
        return await _withdraw(ctx, asked.id)
    before, after = [await ctx.core.library.find(ctx.community.id, text) for text in (asked.text, words)]
    if not (ctx.inbound.addressed or after.certain):
        return None
    if _heard(asked, before, after):
        await ctx.core.store.write(lambda session: _reword(session, ctx, asked.id, words, after))
        return None

    def job(session: Session) -> Reply:
        return _reply(session, ctx, _reword(session, ctx, asked.id, words, after), after)

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
    question = questions.keep(
        session,
        Question(
            community_id=ctx.community.id,
            asker_id=ctx.person(session),
            text=text,
            plain=same_question(text),
            language=ctx.core.detector.detect(text, ctx.speech.language),
            decision=finding.decision,
            answer_id=_given(finding),
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


def _asked(session: Session, ctx: Context, question_id: int, *, hold: bool = False) -> Question:
    question = (questions.hold if hold else questions.get)(session, question_id)
    if question is None or question.community_id != ctx.community.id:
        raise UserError(ctx.speech.say("This question is no longer there. Ask again to search afresh."))
    return question


def _edited(session: Session, ctx: Context) -> Question | None:
    """This person's question in the message that was edited."""
    asked = questions.of_message(session, ctx.source)
    return asked if asked and ctx.member and asked.asker_id == ctx.member.id else None


async def _withdraw(ctx: Context, question_id: int) -> Reply | None:
    """Forget a question whose message asks nothing any more; where others read along, without a word."""

    def job(session: Session) -> Reply:
        asked = _asked(session, ctx, question_id, hold=True)
        redact_archive(session, ctx.core.wire, (), [(asked.id, asked.text)])
        questions.withdraw(session, asked)
        return say(ctx.speech.say("Your question is withdrawn."))

    if ctx.private:
        return await ctx.settle(job)
    await ctx.core.store.write(job)
    return None


def _shown(finding: Finding) -> tuple[int, ...]:
    """What a person is shown of a finding: the answer, the answers offered, or nothing."""
    most = {Decision.ANSWER: 1, Decision.OFFER: OFFERED, Decision.SILENT: 0}[finding.decision]
    return tuple(one.answer_id for one in finding.likely[:most])


def _heard(asked: Question, before: Finding, after: Finding) -> bool:
    """Whether a person has heard of the old words what there is to tell of the new ones."""
    if asked.answer_id is not None:
        return asked.answer_id in _shown(after)
    return asked.decision is after.decision and _shown(before) == _shown(after)


def _reword(session: Session, ctx: Context, question_id: int, words: str, finding: Finding) -> Question:
    """Give a question its new words; digests that showed the old ones forget them, as an erasure could not."""
    asked = _asked(session, ctx, question_id, hold=True)
    redact_archive(session, ctx.core.wire, (), [(asked.id, asked.text)])
    if asked.answer_id not in _shown(finding):
        asked.decision, asked.score, asked.useful = finding.decision, finding.score, None
        asked.answer_id = _given(finding)
    language = ctx.core.detector.detect(words, ctx.speech.language)
    return questions.reword(session, asked, words, same_question(words), language)


def _given(finding: Finding) -> int | None:
    """The answer that is given without asking which."""
    return finding.candidates[0].answer_id if finding.decision is Decision.ANSWER else None
