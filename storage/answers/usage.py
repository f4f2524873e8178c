"""Counts how the answers were used: how often given, marked as not useful, and refused."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.models import Answer, Question, Refusal
from storage.values import frozen
from storage.vocabulary import Decision


@frozen
class Usage:
    """The questions of a span and the answers given to them.

    Attributes:
        asked: the number of questions.
        answered: how many were answered, the answer not marked as useless.
        given: by answer id, how often it was given.
        useless: by answer id, how often it was marked as useless.
    """

    asked: int
    answered: int
    given: dict[int, int]
    useless: dict[int, int]


def since(session: Session, community_id: int, moment: datetime) -> Usage:
    """How a community's answers were used since an instant."""
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
    """By answer id, for how many questions it was refused."""
    query = select(Refusal.answer_id, func.count()).join(Answer).where(Answer.community_id == community_id)
    return dict(session.exec(query.group_by(col(Refusal.answer_id))).all())
