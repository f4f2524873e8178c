"""Tables of figures that are kept after the deliveries they were counted from; they contain no personal data."""

from datetime import date, datetime

from sqlalchemy import Index

from storage.engine.columns import TableRow, neutral


class ToldMonth(TableRow, table=True):
    """How many people were notified in a month of outcomes, by deliveries that were deleted since."""

    __tablename__ = "told_month"

    community_id: int = neutral(primary_key=True, foreign_key="community.id")
    month: date = neutral(primary_key=True)
    """The first day of the month, in the community's time zone."""
    people: int = neutral(default=0)


class AnswerTime(TableRow, table=True):
    """How long the team's first answer to a question took, where the delivery was deleted since."""

    __tablename__ = "answer_time"
    __table_args__ = (Index("ix_answer_time_at", "community_id", "at"),)

    question_id: int = neutral(primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    at: datetime = neutral()
    seconds: int = neutral()
