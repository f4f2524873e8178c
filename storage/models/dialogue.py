"""Tables of people who are ready to talk with the team or to help others, and of the questions sent to them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from storage.engine.columns import NEVER_AGAIN, Erase, TableRow, choice, neutral, owner, personal
from storage.vocabulary import Wish


class Readiness(TableRow, table=True):
    """A person's readiness to talk with the team about an area or an item until an instant."""

    __table_args__ = (Index("ix_readiness_topic", "community_id", "until"), NEVER_AGAIN)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    member_id: int = owner("what a person is happy to talk about", Erase.ROW)
    feedback_id: int | None = neutral(default=None, foreign_key="feedback.id", index=True)
    """Never a nameless item of the same person, since the row would reveal its author."""
    area: str | None = neutral(default=None)
    """The area; for an item, that item's area. None with no item for anything."""
    wish: Wish = neutral(default=Wish.NOTHING, sa_type=choice(Wish))
    wish_words: str = personal("what a person would like in return for talking", Erase.ROW, default="")
    named: bool = neutral(default=False)
    """Whether the team sees their name with their answers."""
    questions: bool = neutral(default=False)
    """Whether other members' questions on it may be sent to them."""
    until: datetime = neutral(index=True)


class Inquiry(TableRow, table=True):
    """A question of the team to people who are ready to talk; the invitations say to whom it went."""

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id", index=True)
    actor_id: int | None = owner("what a person of the team asked", default=None, nullable=True)
    area: str | None = neutral(default=None)
    number: int | None = neutral(default=None)
    """The public number of the item it is about; None for an area."""
    text: str = neutral()
    outcome: str = neutral(default="")
    """The team's closing message to those who were asked; empty while there is none."""
    helped: int = neutral(default=0)
    """How many answers helped: a total that does not say whose."""
    asked_at: datetime = neutral(index=True)


class Invitation(TableRow, table=True):
    """That a person was sent an inquiry. The answer goes to the team through the outbox and is not stored here."""

    __table_args__ = (UniqueConstraint("inquiry_id", "member_id"), NEVER_AGAIN)

    id: int = neutral(default=None, primary_key=True)
    inquiry_id: int = neutral(foreign_key="inquiry.id")
    member_id: int = owner("what a person was asked by the team", Erase.ROW)
    named: bool = neutral(default=False)
    """Whether the team sees their name with their answer."""
    wish: Wish = neutral(default=Wish.NOTHING, sa_type=choice(Wish))
    answers: int = neutral(default=0)
    """How often they answered."""
    helped: bool = neutral(default=False)
    asked_at: datetime = neutral(index=True)


class Referral(TableRow, table=True):
    """A member's question that was sent to another member who is ready to help, or answered by one unasked."""

    __table_args__ = (UniqueConstraint("question_id", "member_id"), NEVER_AGAIN)

    id: int = neutral(default=None, primary_key=True)
    question_id: int = neutral(foreign_key="question.id", ondelete="CASCADE")
    member_id: int = owner("which question of another member a person was sent or answered", Erase.ROW)
    answer_id: int | None = neutral(default=None, foreign_key="answer.id", ondelete="SET NULL", index=True)
    """The answer of the knowledge made from their words; None while there is none."""
    helped: bool = neutral(default=False)
    """Whether somebody who asked marked it as helpful."""
    sent_at: datetime = neutral(index=True)
