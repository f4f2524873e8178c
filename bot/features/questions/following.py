"""Interprets a message in the context of the person's last question in the same place."""

from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.conversations import Turn
from bot.errors import UserError
from bot.knowledge.policy import SearchResult
from bot.language.text.choice import LAST, NONE, choice, is_no_help
from bot.language.text.choice import number as spoken
from bot.language.text.follow_up import FollowUp, follow_up, joined
from storage.answers import questions
from storage.models import Question
from storage.values import frozen
from storage.vocabulary import Decision


@frozen
class Chosen:
    """What a person chose among the answers offered.

    Attributes:
        question: the id of the question.
        answer: the id of the answer; None for none of them.
        told: whether the question has been given an answer before.
    """

    question: int
    answer: int | None
    told: bool = False


@frozen
class Found:
    """A question with the result of its search.

    Attributes:
        text: its words as they are stored; a follow-up question has those of the first one, too.
        root: the id of the question that this one follows up; None for none.
    """

    text: str
    result: SearchResult
    root: int | None = None


async def chosen(ctx: Context, text: str) -> Chosen | None:
    """The choice that a message makes among the answers offered last; None when it makes none.

    Raises:
        UserError: fewer answers were offered than its number.
    """
    number = chooses(text)
    turn = _last(ctx) if number is not None else None
    if number is None or turn is None or not turn.offered:
        return None
    asked = await ctx.read(lambda session: _own(session, ctx, turn.question_id))
    if asked is None:
        return None
    if number > len(turn.offered):
        raise UserError(ctx.speech.say("A number from 1 to {n}, or “none of these”.", n=len(turn.offered)))
    if number == NONE:
        return Chosen(turn.question_id, None, told=asked.decision is Decision.ANSWER)
    return Chosen(turn.question_id, turn.offered[-1 if number == LAST else number - 1])


def chooses(text: str) -> int | None:
    """The number that a message chooses, as returned by `choice`, even if more than can be offered; None for none."""
    named = choice(text)
    return spoken(text) if named is None else named


def refers(text: str) -> bool:
    """Whether a message is about the last answer or offer, and no question."""
    return chooses(text) is not None or is_no_help(text)


async def refused(ctx: Context, text: str) -> Chosen | None:
    """The question whose answer or offers did not help, as a message says; None for other messages."""
    turn = _last(ctx) if is_no_help(text) else None
    asked = await ctx.read(lambda session: _own(session, ctx, turn.question_id)) if turn else None
    if asked is None or asked.decision not in (Decision.ANSWER, Decision.OFFER) or asked.useful is not None:
        return None
    return Chosen(asked.id, None, told=asked.decision is Decision.ANSWER)


async def look_up(ctx: Context, text: str) -> Found:
    """Search for a question, with the words of the last one added if it follows that up."""
    result = await ctx.core.library.find(ctx.community.id, text)
    more, turn = follow_up(text), _last(ctx)
    if more is None or turn is None:
        return Found(text, result)
    root = await ctx.read(lambda session: _named(session, ctx, turn.root_id))
    return Found(text, result) if root is None else await _go_on(ctx, root, more, Found(text, result))


async def _go_on(ctx: Context, root: Question, more: FollowUp, alone: Found) -> Found:
    """Choose between the result of a follow-up question alone and that with the words of the first question."""
    result = await ctx.core.library.find(ctx.community.id, joined(root.text, more))
    whole = Found(f"{root.text} {alone.text}", result, root.id)
    told = result.candidates[0].answer_id == root.answer_id if result.candidates else False
    if result.decision is Decision.ANSWER and not told:
        return whole
    if alone.result.decision is Decision.ANSWER or not more.certain:
        return alone
    if told:
        # The answer they have already is not given again: the question is passed on, with that answer shown as near.
        return replace(whole, result=replace(result, decision=Decision.SILENT))
    return whole


def _last(ctx: Context) -> Turn | None:
    return ctx.core.conversations.last(ctx.holder, ctx.chat_mark, ctx.now)


def _named(session: Session, ctx: Context, question_id: int) -> Question | None:
    """The person's own named question; None for a nameless one, whose words must not be stored with a named one."""
    asked = _own(session, ctx, question_id)
    return asked if asked and asked.asker_id is not None and asked.text else None


def _own(session: Session, ctx: Context, question_id: int) -> Question | None:
    """The person's own question; None when it is gone, or somebody else's."""
    asked = questions.get(session, question_id)
    if asked is None or ctx.member is None or asked.community_id != ctx.community.id:
        return None
    return asked if asked.asker_id == ctx.member.id or asked.holder in ctx.marks(ctx.member.id) else None
