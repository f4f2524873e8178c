"""What members gave the team, and what became of it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from storage.engine.columns import Erase, choice, neutral, owner, personal
from storage.models.indexes import partial
from storage.vocabulary import Action, Kind, Status, Visibility

_WAITS = "status = 'received' AND text <> ''"
_TO_DECIDE = f"{_WAITS} AND kind <> 'praise'"
_THANKS = f"{_WAITS} AND kind = 'praise'"
_SHOWN = "closed_at IS NULL AND kind <> 'praise' AND visibility <> 'team' AND text <> ''"
_TO_EMPTY = "closed_at IS NOT NULL AND (text <> '' OR author_id IS NOT NULL OR author_hash IS NOT NULL)"
_WHOSE = ("community_id", "created_at", "closed_at")
"""Of a person's items those that are open are counted without looking at them."""
_ORDER = ("support DESC", "created_at", "id")
"""What waits: the most supported first, then the oldest."""


class Feedback(SQLModel, table=True):
    """A suggestion, a problem or praise, with its public number."""

    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_feedback_recent", "community_id", "created_at"),
        partial("ix_feedback_waiting", _TO_DECIDE, "community_id", *_ORDER),
        partial("ix_feedback_waiting_since", _TO_DECIDE, "community_id", "created_at"),
        partial("ix_feedback_thanks", _THANKS, "community_id", *_ORDER),
        partial("ix_feedback_top", _SHOWN, "community_id", "support", "id"),
        partial("ix_feedback_author", "author_id IS NOT NULL", "author_id", *_WHOSE),
        partial("ix_feedback_mark", "author_hash IS NOT NULL", "author_hash", *_WHOSE),
        partial("ix_feedback_closed", _TO_EMPTY, "closed_at"),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    number: int = neutral()
    kind: Kind = neutral(sa_type=choice(Kind))
    area: str | None = neutral(default=None)
    status: Status = neutral(default=Status.RECEIVED, sa_type=choice(Status))
    visibility: Visibility = neutral(sa_type=choice(Visibility))
    language: str = neutral()
    text: str = personal("the words of the feedback")
    author_id: int | None = owner("who wrote the feedback", default=None, nullable=True, index=False)
    author_hash: str | None = personal("a keyed mark that counts a nameless author", default=None)
    base_support: int = neutral(default=0)
    """Support counted elsewhere before an import; supporters here are rows of `support`."""
    support: int = neutral(default=0)
    """Both together, kept by `storage.supports`: a million items are sorted by it."""
    seen: bool = neutral(default=False)
    """Whether its words were read where others are, beside its author's name: taking it off would hide nothing."""
    source: str | None = neutral(default=None, unique=True)
    """The event or imported row it came from: the same one files nothing twice."""
    created_at: datetime = neutral()
    changed_at: datetime = neutral()
    closed_at: datetime | None = neutral(default=None)


class History(SQLModel, table=True):
    """What happened to an item, in order; append-only save for erasure."""

    __table_args__ = (Index("ix_history_recent", "action", "at"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    at: datetime = neutral()
    action: Action = neutral(sa_type=choice(Action))
    actor_id: int | None = owner("who changed the feedback", default=None, nullable=True)
    before: str | None = neutral(default=None)
    after: str | None = neutral(default=None)
    note: str = personal("the reason given for a change", default="")


class Support(SQLModel, table=True):
    """One person's support of an item. Erasing the person keeps the tally."""

    __table_args__ = (UniqueConstraint("feedback_id", "member_id"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    member_id: int | None = owner("what a person supports", nullable=True)
    at: datetime = neutral()


class Follow(SQLModel, table=True):
    """One person who wants to hear what becomes of an item."""

    __table_args__ = (UniqueConstraint("feedback_id", "member_id"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    member_id: int = owner("what a person follows", Erase.ROW)
    at: datetime = neutral()


class Attachment(SQLModel, table=True):
    """A file sent with an item, kept in the encrypted database because platform links expire."""

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    name: str = personal("a file's name", Erase.ROW)
    media_type: str = neutral()
    content: bytes = personal("a file sent with the feedback", Erase.ROW)
