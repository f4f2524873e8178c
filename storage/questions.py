"""Questions put to the bot: what was asked, what became of it, what still waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from storage.models import Question
from storage.vocabulary import Decision

MOST_PLAIN = 600
"""Characters of a question that are compared: in bytes, what an index entry of PostgreSQL can hold."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question without an answer, and how many people asked it."""

    text: str
    people: int
    times: int
    since: datetime


def keep(session: Session, question: Question) -> Question:
    """Keep a question and what was done with it."""
    question.plain = question.plain[:MOST_PLAIN]
    session.add(question)
    session.flush()
    return question


def get(session: Session, question_id: int) -> Question | None:
    """A question by id."""
    return session.get(Question, question_id)


def others(session: Session, community_id: int, plain: str, asker_id: int | None) -> int:
    """How many other people asked the same without an answer."""
    query = select(func.count(func.distinct(col(Question.asker_id)))).where(
        Question.community_id == community_id,
        Question.plain == plain[:MOST_PLAIN],
        Question.asker_id != asker_id,
        *_left_open(),
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
        select(func.max(Question.text), people, times, func.min(Question.asked_at))
        .where(
            Question.community_id == community_id,
            Question.asked_at >= since,
            Question.asked_at < until,
            *_left_open(),
        )
        .group_by(Question.plain)
        .order_by(people.desc(), times.desc(), func.min(Question.asked_at))
        .limit(most)
    )
    return [Waiting(text, max(asked, 1), number, first) for text, asked, number, first in session.exec(query)]


def _left_open() -> tuple[ColumnElement[bool], ...]:
    """No answer, or one that was no help; a question without words, or erased, is nobody's to answer."""
    return (
        (col(Question.decision) != Decision.ANSWER) | (col(Question.useful).is_(False)),
        col(Question.useful).is_not(True),
        col(Question.plain) != "",
    )


def askers(session: Session, community_id: int, since: datetime, until: datetime) -> int:
    """How many people asked what was left without an answer in a span."""
    query = select(func.count(func.distinct(col(Question.asker_id)))).where(
        Question.community_id == community_id, Question.asked_at >= since, Question.asked_at < until, *_left_open()
    )
    return session.exec(query).one()


def of_asker(session: Session, member_id: int) -> list[Question]:
    """What a person asked."""
    return list(session.exec(select(Question).where(Question.asker_id == member_id)))
