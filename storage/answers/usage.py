"""Counts how the answers were used: given, found useful or not, refused."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.models import Answer, Question, Refusal
from storage.values import frozen
from storage.vocabulary import Decision


@frozen
class Usage:
    """What was asked in a span.

    Attributes:
        asked: the number of questions.
        answered: those that were answered and not found useless.
        given: by answer, how often it was given.
        useless: by answer, how often it did not help.
    """

    asked: int
    answered: int
    given: dict[int, int]
    useless: dict[int, int]


def since(session: Session, community_id: int, moment: datetime) -> Usage:
    """How a community's answers were used since then."""
    span = (col(Question.community_id) == community_id, col(Question.asked_at) >= moment)
    useless = col(Question.useful).is_(False)
    kept = (col(Question.decision) == Decision.ANSWER) & ~func.coalesce(useless, False)
    asked, answered = session.exec(select(func.count(), func.count().filter(kept)).where(*span)).one()
    query = select(Question.answer_id, func.count(), func.count().filter(useless)).where(*span)
    given: dict[int, int] = {}
    bad: dict[int, int] = {}
    for answer_id, times, unhelpful in session.exec(query.group_by(col(Question.answer_id))):
        if answer_id is not None:
            given[answer_id], bad[answer_id] = times, unhelpful
    return Usage(asked, answered, given, bad)


def refused(session: Session, community_id: int) -> dict[int, int]:
    """By answer, how many questions refused it."""
    query = select(Refusal.answer_id, func.count()).join(Answer).where(Answer.community_id == community_id)
    return dict(session.exec(query.group_by(col(Refusal.answer_id))).all())
