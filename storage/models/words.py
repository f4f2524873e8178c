"""Tables of a community's own words, and of the answers to its own questions."""

from sqlalchemy import JSON, UniqueConstraint

from storage.engine.columns import Erase, TableRow, neutral, personal


class Word(TableRow, table=True):
    """A word that a moderator put in the place of a usual one, in a language."""

    __table_args__ = (UniqueConstraint("community_id", "language", "usual"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    language: str = neutral()
    usual: str = neutral()
    """The usual English word for the same."""
    text: str = neutral()


class Detail(TableRow, table=True):
    """The answers to the community's own questions about an item, erased with its words.

    One row an item: an order of rows of their own would tell when a nameless item was written.
    """

    feedback_id: int = neutral(primary_key=True, foreign_key="feedback.id")
    answers: dict[str, str] = personal("the answers to the team's questions about it", Erase.ROW, sa_type=JSON)
    """By the question's key in the settings."""
