"""Tables of a community's own words, and of the answers to its own questions."""

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.engine.columns import Erase, neutral, personal


class Word(SQLModel, table=True):
    """A word that a moderator put in the place of a usual one, in a language."""

    __table_args__ = (UniqueConstraint("community_id", "language", "usual"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    language: str = neutral()
    usual: str = neutral()
    """The usual English word for the same."""
    text: str = neutral()


class Detail(SQLModel, table=True):
    """The answer to one of the community's own questions about an item, erased with the item's words."""

    __table_args__ = (UniqueConstraint("feedback_id", "question"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id")
    question: str = neutral()
    """The question's key in the settings."""
    answer: str = personal("the answer to a question about the feedback", Erase.ROW)
