"""The commands by which members propose answers, which are given to nobody before the team approves them."""

from sqlmodel import Session

from bot.commands.registry import LongText, ShortText, Token
from bot.context import Context
from bot.errors import UserError
from bot.feedback.desk import blocks
from bot.feedback.display.outdated import Outdated
from bot.language.text.excerpt import excerpt
from bot.language.text.normalise import has_words
from bot.ports.reply import Button, Buttons, Paragraph, Quote, Reply, say
from bot.privacy.traces import words_mark
from storage.answers import proposals, questions
from storage.answers.proposals import NewProposal
from storage.models import Question
from storage.vocabulary import Audience

MOST_WAITING = 10
"""The largest number of one person's answers that may wait for the team."""


async def propose(ctx: Context, heading: ShortText, text: LongText | None = None) -> Reply:
    """Propose an answer to the team."""
    asked, said = _parted(heading) if text is None else (heading.strip(), text.strip())
    if not has_words(asked):
        raise UserError(ctx.speech.say("A question is found by its words: a few are needed."))
    _refuse_nameless(ctx, said or asked)
    if not said:
        return await _ask_for_answer(ctx, asked)
    return await ctx.settle(lambda session: _propose(session, ctx, asked, said))


async def know(ctx: Context, question: Token, text: LongText | None = None) -> Reply:
    """Propose to the team an answer to a question that waits."""
    asked = await ctx.read(lambda session: _find(session, ctx, question))
    if text is None:
        return await _ask_for_answer(ctx, excerpt(asked.text, 200))
    said = text.strip()
    _refuse_nameless(ctx, said)

    def job(session: Session) -> Reply:
        # The question's words are stored with the question only.
        return _propose(session, ctx, "", said, _find(session, ctx, question).id)

    return await ctx.settle(job)


async def _ask_for_answer(ctx: Context, asked: str) -> Reply:
    words = ctx.speech.say("What is the answer to “{question}”? The team reads it first.", question=asked)
    return await ctx.ask(words, "text")


def _find(session: Session, ctx: Context, question_id: int) -> Question:
    """A waiting question of this community.

    Raises:
        Outdated: it was answered, taken back or erased.
    """
    found = questions.get(session, question_id)
    if found is None or found.community_id != ctx.community.id or not questions.same_open(session, found):
        raise Outdated(ctx.speech.say("This question does not wait any more: it was answered, or erased."))
    return found


def _refuse_nameless(ctx: Context, words: str) -> None:
    if ctx.core.recogniser.wish(words).nameless:
        raise UserError(
            ctx.speech.say("The outcome comes to whoever proposes, so this cannot be without a name. Nothing was kept.")
        )


def _propose(session: Session, ctx: Context, asked: str, said: str, question_id: int | None = None) -> Reply:
    if refusal := blocks.refusal(session, ctx, Audience.TEAM):
        return refusal
    person = ctx.person(session)
    if proposals.total_of(session, person) >= MOST_WAITING:
        raise UserError(ctx.speech.say("{n} answers of yours wait for the team, which is the most.", n=MOST_WAITING))
    made = NewProposal(
        community_id=ctx.community.id,
        member_id=person,
        mark=words_mark(ctx.core.store.keys, ctx.inbound.actor),
        question=asked,
        text=said,
        language=ctx.core.detector.detect(said, ctx.speech.language),
        proposed_at=ctx.now,
        question_id=question_id,
    )
    own = proposals.add(session, made)
    words = ctx.speech.say(
        "Passed on. The team reads it first: until it keeps it, nobody gets this answer. The outcome comes here."
    )
    back = Button(ctx.speech.say("Take it back"), "retract", {"number": str(own)})
    return Reply((Paragraph(words), Quote(f"{asked}\n{said}".strip()), Buttons((back,))))


async def retract(ctx: Context, number: Token) -> Reply:
    """Take back an answer one proposed."""

    def job(session: Session) -> Reply:
        found = proposals.get(session, number)
        if found is None or ctx.member is None or found.member_id != ctx.member.id:
            raise UserError(ctx.speech.say("The team has decided on this answer, or it was taken back."))
        proposals.take(session, number)
        return say(ctx.speech.say("Taken back: nothing of it is kept."))

    return await ctx.settle(job)


def _parted(words: str) -> tuple[str, str]:
    """Split words into a question and its answer, which follows on another line or after a question mark."""
    first, _, rest = words.strip().partition("\n")
    if not rest.strip() and "?" in first:
        first, _, rest = first.partition("?")
        first = f"{first.rstrip()} ?" if first.endswith((" ", "\u00a0", "\u202f")) else f"{first}?"
    return first.strip(), rest.strip()
