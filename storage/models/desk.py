"""Table of the moderators' ready-made reasons."""

from sqlalchemy import UniqueConstraint

from storage.engine.columns import TableRow, choice, neutral
from storage.vocabulary import Status


class ReadyReason(TableRow, table=True):
    """A community's own ready-made reason for a status, in a language; own reasons replace all built-in ones."""

    __tablename__ = "reason"
    __table_args__ = (UniqueConstraint("community_id", "status", "language", "position"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    status: Status = neutral(sa_type=choice(Status))
    language: str = neutral()
    text: str = neutral()
    """The text, with variables such as `{number}`; a single row with an empty text means that there are no reasons."""
    position: int = neutral()
