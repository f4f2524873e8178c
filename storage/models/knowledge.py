"""What the team knows, and what it was asked."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from storage.engine.columns import Erase, choice, neutral, owner, personal
from storage.vocabulary import Decision


class Answer(SQLModel, table=True):
    """A piece of the team's knowledge."""

    __table_args__ = (UniqueConstraint("community_id", "external_id"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    external_id: str = neutral()
    language: str = neutral()
    text: str = neutral()


class Phrasing(SQLModel, table=True):
    """One way of asking what an answer answers."""

    id: int = neutral(default=None, primary_key=True)
    answer_id: int = neutral(foreign_key="answer.id", index=True)
    text: str = neutral()
    asker_id: int | None = owner(
        "whose question, as it was asked, finds an answer", Erase.ROW, default=None, nullable=True
    )
    """None where the words are the team's own."""


class Question(SQLModel, table=True):
    """A question put to the bot, and what the bot did with it."""

    __table_args__ = (
        Index("ix_question_recent", "community_id", "asked_at"),
        Index("ix_question_same", "community_id", "plain"),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    asker_id: int | None = owner("who asked the question", default=None, nullable=True)
    text: str = personal("the words of the question")
    plain: str = personal("the question without case and accents, to count those who ask the same")
    language: str = neutral()
    decision: Decision = neutral(sa_type=choice(Decision))
    answer_id: int | None = neutral(default=None, foreign_key="answer.id", ondelete="SET NULL")
    score: float = neutral(default=0.0)
    useful: bool | None = neutral(default=None)
    source: str | None = neutral(default=None, index=True)
    """The keyed mark of the message it was asked in: an edit of that one changes its words."""
    asked_at: datetime = neutral()
