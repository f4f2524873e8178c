"""Tables of figures that outlast the deliveries they were counted from; nothing in them leads to a person."""

from datetime import date, datetime

from sqlalchemy import Index

from storage.engine.columns import TableRow, neutral


class ToldMonth(TableRow, table=True):
    """How many people were told in a month what became of feedback, by deliveries that are no longer kept."""

    __tablename__ = "told_month"

    community_id: int = neutral(primary_key=True, foreign_key="community.id")
    month: date = neutral(primary_key=True)
    """Its first day, where the community is."""
    people: int = neutral(default=0)


class AnswerTime(TableRow, table=True):
    """How long the team's first answer to a question took, where the delivery is no longer kept."""

    __tablename__ = "answer_time"
    __table_args__ = (Index("ix_answer_time_at", "community_id", "at"),)

    question_id: int = neutral(primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    at: datetime = neutral()
    seconds: int = neutral()
