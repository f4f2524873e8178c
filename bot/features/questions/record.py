"""Stores a question with the decision of its search."""

from sqlmodel import Session

from bot.context import Context
from bot.conversations import Turn
from bot.feedback.audience import nameless
from bot.knowledge.policy import OFFERED, SearchResult
from bot.language.text.normalise import question_key
from storage.answers import questions
from storage.models import Question
from storage.vocabulary import Decision, Naming


def keep(
    session: Session,
    ctx: Context,
    text: str,
    result: SearchResult,
    naming: Naming = Naming.NAMED,
    *,
    root: int | None = None,
) -> Question:
    """Store a question, and remember it as the person's last one here.

    Args:
        result: its search result.
        root: the id of the question it follows up; None for none.
    """
    question = Question(
        community_id=ctx.community.id,
        text=text,
        plain=question_key(text),
        language=ctx.core.detector.detect(text, ctx.speech.language),
        decision=result.decision,
        answer_id=given_answer(result),
        score=result.score,
        source=ctx.source,
        asked_at=ctx.time_of(nameless=naming is Naming.NAMELESS),
    )
    if naming is Naming.NAMED:
        question.asker_id = ctx.person(session)
        # Members have read it where it was asked, so that they may be asked about it, too.
        question.shared = ctx.inbound.chat.overlooked and not ctx.private
    else:
        question.holder, question.sealed = ctx.mark(ctx.person(session)), nameless.address(ctx)
    kept = questions.keep(session, question)
    remember(ctx, kept.id, kept.id if root is None else root, result)
    return kept


def remember(ctx: Context, question_id: int, root_id: int, result: SearchResult) -> None:
    """Remember a question, so that the person's next message here may refer to it.

    Args:
        root_id: the id of the question that a follow-up question continues.
    """
    turn = Turn(question_id, root_id, choices(result), ctx.now)
    ctx.core.conversations.remember(ctx.holder, ctx.chat_mark, turn)


def choices(result: SearchResult) -> tuple[int, ...]:
    """The ids of the answers a person can choose from, in the order they are shown."""
    if result.decision is Decision.ANSWER:
        return ()
    shown = result.displayed[:OFFERED] if result.decision is Decision.OFFER else result.near
    return tuple(one.answer_id for one in shown)


def given_answer(result: SearchResult) -> int | None:
    """The id of the answer that is given; None when answers are only offered, or none fits."""
    return result.candidates[0].answer_id if result.decision is Decision.ANSWER else None
