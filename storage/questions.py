"""Questions put to the bot: what was asked, what became of it, what still waits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.conditions import left_open
from storage.models import Question
from storage.vocabulary import Decision

MOST_PLAIN = 600
"""Characters of a question that are compared: in bytes, what an index entry of PostgreSQL can hold."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question without an answer, and how many people asked it.

    Attributes:
        newest: the id of the last time it was asked, which stands for all of them.
    """

    text: str
    people: int
    times: int
    since: datetime
    newest: int = field(default=0, compare=False)


def keep(session: Session, question: Question) -> Question:
    """Keep a question and what was done with it."""
    question.plain = question.plain[:MOST_PLAIN]
    session.add(question)
    session.flush()
    return question


def get(session: Session, question_id: int) -> Question | None:
    """A question by id."""
    return session.get(Question, question_id)


def of_message(session: Session, source: str) -> Question | None:
    """The question asked in a message, by its keyed mark; not one that was erased since."""
    query = select(Question).where(Question.source == source, Question.plain != "")
    return session.exec(query.order_by(col(Question.id).desc())).first()


def reword(session: Session, question: Question, text: str, plain: str, language: str) -> Question:
    """Give a question other words."""
    question.text, question.plain, question.language = text, plain[:MOST_PLAIN], language
    session.flush()
    return question


def hold(session: Session, question_id: int) -> Question | None:
    """A question as it is now, kept from being changed by anybody else until this is done."""
    return session.get(Question, question_id, with_for_update=True, populate_existing=True)


def withdraw(session: Session, question: Question) -> None:
    """Forget the words of a question and who asked it; that there was one still counts."""
    question.text = question.plain = ""
    question.asker_id = None
    session.flush()


def same_open(session: Session, question: Question, *, hold: bool = False) -> list[Question]:
    """Everybody's questions that ask the same and are left without an answer, the oldest first.

    Args:
        hold: whether to keep them from being answered by anybody else until this is done.
    """
    query = select(Question).where(
        Question.community_id == question.community_id, Question.plain == question.plain, *left_open()
    )
    query = query.order_by(col(Question.id))
    if hold:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(session.exec(query))


def close(session: Session, closed: Iterable[Question]) -> None:
    """Mark questions answered by the team."""
    for question in closed:
        question.decision, question.answer_id, question.useful = Decision.ANSWER, None, None
    session.flush()


def others(session: Session, community_id: int, plain: str, asker_id: int | None) -> int:
    """How many other people asked the same without an answer."""
    query = select(func.count(func.distinct(col(Question.asker_id)))).where(
        Question.community_id == community_id,
        Question.plain == plain[:MOST_PLAIN],
        Question.asker_id != asker_id,
        *left_open(),
    )
    return session.exec(query).one()


def unanswered(
    session: Session, community_id: int, since: datetime, until: datetime, most: int | None = None
) -> list[Waiting]:
    """Questions left without an answer in a span, the most asked first.

    A question is also unanswered when its answer was marked as no help.
    """
    people = func.count(func.distinct(col(Question.asker_id)))
    times = func.count()
    query = (
        sa_select(
            func.max(col(Question.text)), people, times, func.min(col(Question.asked_at)), func.max(col(Question.id))
        )
        .where(
            col(Question.community_id) == community_id,
            col(Question.asked_at) >= since,
            col(Question.asked_at) < until,
            *left_open(),
        )
        .group_by(col(Question.plain))
        .order_by(people.desc(), times.desc(), func.min(col(Question.asked_at)))
        .limit(most)
    )
    return [
        Waiting(text, max(asked, 1), number, first, newest)
        for text, asked, number, first, newest in session.execute(query)
    ]


def askers(session: Session, community_id: int, since: datetime, until: datetime) -> int:
    """How many people asked what was left without an answer in a span."""
    query = select(func.count(func.distinct(col(Question.asker_id)))).where(
        Question.community_id == community_id, Question.asked_at >= since, Question.asked_at < until, *left_open()
    )
    return session.exec(query).one()


def of_asker(session: Session, member_id: int) -> list[Question]:
    """What a person asked."""
    return list(session.exec(select(Question).where(Question.asker_id == member_id)))
