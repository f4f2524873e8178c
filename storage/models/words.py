"""Tables of a community's own words, and of the answers to its own questions."""

from sqlalchemy import JSON, UniqueConstraint

from storage.engine.columns import Erase, TableRow, neutral, personal


class Word(TableRow, table=True):
    """A community's own word for a usual one, in a language, set by a moderator."""

    __table_args__ = (UniqueConstraint("community_id", "language", "usual"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    language: str = neutral()
    usual: str = neutral()
    """The usual English word that it replaces."""
    text: str = neutral()


class Detail(TableRow, table=True):
    """The answers to the community's own questions about an item, erased with its words.

    One row for each item, not for each answer: the order of several rows would reveal when a nameless item was written.
    """

    feedback_id: int = neutral(primary_key=True, foreign_key="feedback.id")
    answers: dict[str, str] = personal("the answers to the team's questions about it", Erase.ROW, sa_type=JSON)
    """By the question's key in the settings."""
