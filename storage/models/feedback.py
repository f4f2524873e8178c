"""Tables of feedback items, their history, supporters, followers and files."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from storage.engine.columns import Erase, choice, neutral, owner, personal
from storage.models.indexes import partial
from storage.vocabulary import Action, Audience, Kind, Publication, Status

_WAITS = "status = 'received' AND audience <> 'trusted' AND publication <> 'removed' AND text <> ''"
_TO_DECIDE = f"{_WAITS} AND kind <> 'praise'"
_THANKS = f"{_WAITS} AND kind = 'praise'"
_SHOWN = "closed_at IS NULL AND kind <> 'praise' AND audience = 'everyone' AND publication = 'shown' AND text <> ''"
_NAMED = "author_id IS NOT NULL OR author_hash IS NOT NULL"
_PERSONAL = f"text <> '' OR {_NAMED} OR link IS NOT NULL OR source IS NOT NULL"
_TO_EMPTY = f"closed_at IS NOT NULL AND ({_PERSONAL})"
_WHOSE = ("community_id", "created_at", "closed_at")
"""Columns that let the count of a person's open items read the index alone (a covering index)."""
_ORDER = ("support DESC", "created_at", "id")
"""The order of the queue: the most supported first, then the oldest."""


class Feedback(SQLModel, table=True):
    """A feedback item: a suggestion, a problem or praise, with its public number in the community."""

    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_feedback_recent", "community_id", "created_at"),
        partial("ix_feedback_waiting", _TO_DECIDE, "community_id", *_ORDER),
        partial("ix_feedback_waiting_since", _TO_DECIDE, "community_id", "created_at"),
        partial("ix_feedback_thanks", _THANKS, "community_id", *_ORDER),
        partial("ix_feedback_top", _SHOWN, "community_id", "support", "created_at", "id"),
        partial("ix_feedback_author", "author_id IS NOT NULL", "author_id", *_WHOSE),
        partial("ix_feedback_mark", "author_hash IS NOT NULL", "author_hash", *_WHOSE),
        partial("ix_feedback_closed", _TO_EMPTY, "closed_at"),
        partial("ix_feedback_held", "publication = 'held'", "community_id", *_ORDER),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    number: int = neutral()
    kind: Kind = neutral(sa_type=choice(Kind))
    area: str | None = neutral(default=None)
    status: Status = neutral(default=Status.RECEIVED, sa_type=choice(Status))
    audience: Audience = neutral(sa_type=choice(Audience))
    nameless: bool = neutral(default=False)
    """Whether it is without its author's name; then `author_hash` stands for `author_id`."""
    publication: Publication = neutral(default=Publication.SHOWN, sa_type=choice(Publication))
    language: str = neutral()
    text: str = personal("the words of the feedback")
    author_id: int | None = owner("who wrote the feedback", default=None, nullable=True, index=False)
    author_hash: str | None = personal("a keyed mark that counts a nameless author", default=None)
    base_support: int = neutral(default=0)
    """Support counted elsewhere before an import; each later supporter is a row of `support`."""
    support: int = neutral(default=0)
    """`base_support` plus the rows of `support`, kept by `storage.items.supports`; items are sorted by it."""
    seen: bool = neutral(default=False)
    """Whether others saw its text beside its author's name when it was written: it can no longer be made nameless."""
    link: str | None = personal("a link to the message that was passed on", default=None)
    source: str | None = personal("a keyed mark of the message or imported row it came from", default=None, unique=True)
    """The unique key makes filing idempotent."""
    created_at: datetime = neutral()
    changed_at: datetime = neutral()
    edited_at: datetime | None = neutral(default=None)
    """When its words last became others than those it was supported or decided on with; None when they have not."""
    closed_at: datetime | None = neutral(default=None)


class History(SQLModel, table=True):
    """An entry of an item's history: a change, and who made it; append-only except for erasure."""

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
    """A person's support of an item; erasing the person keeps the row, so that the count stays."""

    __table_args__ = (UniqueConstraint("feedback_id", "member_id"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    member_id: int | None = owner("what a person supports", nullable=True)
    at: datetime = neutral()


class Follow(SQLModel, table=True):
    """A person's wish to be told the outcome of an item."""

    __table_args__ = (UniqueConstraint("feedback_id", "member_id"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    member_id: int = owner("what a person follows", Erase.ROW)
    at: datetime = neutral()


class Attachment(SQLModel, table=True):
    """A file sent with an item, stored in the encrypted database because links of the platforms expire."""

    __table_args__ = (
        # With the size, so that sums read the index alone: in a row it comes after the content.
        Index("ix_attachment_item", "feedback_id", "size"),
        Index("ix_attachment_room", "community_id", "size"),
    )

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    name: str = personal("a file's name", Erase.ROW)
    media_type: str = neutral()
    content: bytes = personal("a file sent with the feedback", Erase.ROW)
    community_id: int = neutral(default=0)
    size: int = neutral(default=0)
    """The bytes it counts for, `storage.items.attachments.LEAST` at least."""
