"""What the rows of a partial index have in common, for the queries that are to use it.

Values are said in the statement itself: of a parameter no database knows, when it plans, what it will be. SQLite even
plans a statement anew at each run if a parameter is compared with a column that a partial index's condition is about:
0.08 ms for the question asked around every message.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal_column
from sqlmodel import col

from storage.models import Feedback, Question
from storage.vocabulary import Decision, Kind, Status, Visibility

Conditions = tuple[ColumnElement[bool], ...]
NO_WORDS: ColumnElement[str] = literal_column("''")


def said(word: StrEnum) -> ColumnElement[Any]:
    """A word of the vocabulary as a literal of the statement."""
    return literal_column(f"'{word.value}'")


def to_decide() -> Conditions:
    """Received and not decided on: praise needs no decision, and what was erased waits for nobody."""
    return (*_received(), col(Feedback.kind) != said(Kind.PRAISE))


def to_read() -> Conditions:
    """Praise nobody has read."""
    return (*_received(), col(Feedback.kind) == said(Kind.PRAISE))


def shown() -> Conditions:
    """Open items that everybody may see and support."""
    return (
        col(Feedback.closed_at).is_(None),
        col(Feedback.kind) != said(Kind.PRAISE),
        col(Feedback.visibility) != said(Visibility.TEAM),
        col(Feedback.text) != NO_WORDS,
    )


def left_open() -> Conditions:
    """No answer, or one that was no help; a question without words, or erased, is nobody's to answer."""
    useful = col(Question.useful)
    return (
        (col(Question.decision) != said(Decision.ANSWER)) | useful.is_(literal_column("FALSE")),
        useful.is_not(literal_column("TRUE")),
        col(Question.plain) != NO_WORDS,
    )


def _received() -> Conditions:
    return (col(Feedback.status) == said(Status.RECEIVED), col(Feedback.text) != NO_WORDS)
