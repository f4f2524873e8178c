"""Tables of feedback items, their history, supporters, followers and files."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint

from storage.engine.columns import Erase, TableRow, choice, neutral, owner, personal
from storage.models.indexes import partial
from storage.vocabulary import Action, Audience, Kind, Publication, Status, Urgency

_WAITS = "status = 'received' AND audience <> 'trusted' AND publication <> 'removed' AND text <> ''"
_TO_DECIDE = f"{_WAITS} AND kind <> 'praise'"
_THANKS = f"{_WAITS} AND kind = 'praise'"
_SHOWN = "closed_at IS NULL AND kind <> 'praise' AND audience = 'everyone' AND publication = 'shown' AND text <> ''"
_DONE = (
    "closed_at IS NOT NULL AND status IN ('done', 'resolved') AND audience = 'everyone' AND publication = 'shown'"
    " AND text <> ''"
)
_NAMED = "author_id IS NOT NULL OR author_hash IS NOT NULL"
_PERSONAL = f"text <> '' OR {_NAMED} OR link IS NOT NULL OR source IS NOT NULL OR owner_id IS NOT NULL"
_TO_EMPTY = f"closed_at IS NOT NULL AND ({_PERSONAL})"
_DECIDED = (
    "status <> 'received' AND status <> 'withdrawn' AND audience <> 'trusted' AND publication <> 'removed'"
    " AND text <> ''"
)
_OF_TEAM = "closed_at IS NULL AND kind <> 'praise' AND audience = 'team' AND publication <> 'removed' AND text <> ''"
_DUE = "due_on IS NOT NULL AND closed_at IS NULL"
_WHOSE = ("community_id", "created_at", "closed_at")
"""Further columns of a covering index for the count of a person's open items."""
_COUNTED = (
    *("community_id", "created_at", "kind", "area", "status", "audience", "publication"),
    *("author_id", "author_hash", "joined_to", "base_support"),
)
"""Columns of a covering index for the figures of digests."""
_ORDER = ("urgency DESC", "support DESC", "created_at", "id")
"""The order of the queue: by urgency, then support, then age."""


class Feedback(TableRow, table=True):
    """A feedback item: a suggestion, a problem or praise, with its public number in the community."""

    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_feedback_recent", *_COUNTED),
        partial("ix_feedback_waiting", _TO_DECIDE, "community_id", *_ORDER),
        partial("ix_feedback_waiting_since", _TO_DECIDE, "community_id", "created_at"),
        partial("ix_feedback_thanks", _THANKS, "community_id", *_ORDER),
        partial("ix_feedback_top", _SHOWN, "community_id", "support", "created_at", "id"),
        partial("ix_feedback_author", "author_id IS NOT NULL", "author_id", *_WHOSE),
        partial("ix_feedback_mark", "author_hash IS NOT NULL", "author_hash", *_WHOSE),
        partial("ix_feedback_closed", _TO_EMPTY, "closed_at"),
        partial("ix_feedback_held", "publication = 'held'", "community_id", *_ORDER),
        partial("ix_feedback_cardless", f"{_SHOWN} AND carded IS FALSE", "community_id", "changed_at"),
        partial("ix_feedback_done", _DONE, "community_id", "closed_at"),
        partial("ix_feedback_status", _DECIDED, "community_id", "status", *_ORDER),
        partial("ix_feedback_team", "team IS NOT NULL", "community_id", "team", "status", *_ORDER),
        partial("ix_feedback_of_team", _OF_TEAM, "community_id", "created_at"),
        partial("ix_feedback_due", _DUE, "community_id", "due_on"),
        partial("ix_feedback_joined", "joined_to IS NOT NULL", "joined_to"),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    number: int = neutral()
    kind: Kind = neutral(sa_type=choice(Kind))
    area: str | None = neutral(default=None)
    status: Status = neutral(default=Status.RECEIVED, sa_type=choice(Status))
    audience: Audience = neutral(sa_type=choice(Audience))
    nameless: bool = neutral(default=False)
    """Whether it has no author's name; then `author_hash` is set instead of `author_id`."""
    publication: Publication = neutral(default=Publication.SHOWN, sa_type=choice(Publication))
    language: str = neutral()
    text: str = personal("the words of the feedback")
    author_id: int | None = owner("who wrote the feedback", default=None, nullable=True, index=False)
    author_hash: str | None = personal("a keyed mark that counts a nameless author", default=None)
    base_support: int = neutral(default=0)
    """The support that an imported item had elsewhere; each later supporter is a row of `support`."""
    support: int = neutral(default=0)
    """The total support, for sorting; updated by `storage.items.support` (see its `groups` for what is counted)."""
    seen: bool = neutral(default=False)
    """Whether others saw its text with its author's name when it was written; then it cannot be made nameless."""
    link: str | None = personal("a link to the message that was passed on", default=None)
    source: str | None = personal("a keyed mark of the message or imported row it came from", default=None, unique=True)
    """The unique key makes filing idempotent."""
    created_at: datetime = neutral()
    changed_at: datetime = neutral()
    edited_at: datetime | None = neutral(default=None)
    """When its text was last changed after it had been supported or decided on; None if never."""
    closed_at: datetime | None = neutral(default=None)
    joined_to: int | None = neutral(default=None)
    """The item it was joined to as a duplicate, where its support counts; that item is itself not joined."""
    area_guessed: bool = neutral(default=False)
    """Whether its area was not chosen by anybody, but guessed from its text."""
    urgency: int = neutral(default=Urgency.ORDINARY)
    """A number of `Urgency`."""
    owner_id: int | None = owner("which feedback a person takes care of", default=None, nullable=True)
    team: str | None = neutral(default=None)
    """The name of the team that owns it."""
    due_on: date | None = neutral(default=None)
    """The day by which the team intends to finish it; members do not see it."""
    muted: bool = neutral(default=False)
    """Whether its author muted it. Stored here, since a row with a member id would reveal a nameless author."""
    quotable: bool = neutral(default=False)
    """Whether its author allows the team to quote it in public."""
    said: Status | None = neutral(default=None, sa_type=choice(Status))
    """The outcome that was announced to the community; None before that."""
    carded: bool = neutral(default=False)
    """Whether its cards were ordered; see `storage.items.public.cards`."""


class History(TableRow, table=True):
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


class Support(TableRow, table=True):
    """A person's support of an item; erasing the person keeps the row, so that the count stays."""

    __table_args__ = (UniqueConstraint("feedback_id", "member_id"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    member_id: int | None = owner("what a person supports", nullable=True)
    at: datetime = neutral()
    muted: bool = neutral(default=False)
    """Whether they want no news of it."""


class Follow(TableRow, table=True):
    """A person's wish to be told the outcome of an item."""

    __table_args__ = (UniqueConstraint("feedback_id", "member_id"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    member_id: int = owner("what a person follows", Erase.ROW)
    at: datetime = neutral()
    muted: bool = neutral(default=False)
    """Whether they want no news of it."""


class Voice(TableRow, table=True):
    """A supporter's sentence on why an item matters to them; shown without their name."""

    __table_args__ = (UniqueConstraint("feedback_id", "member_id"),)

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    member_id: int = owner("why something matters to a person", Erase.ROW)
    text: str = personal("what a supporter added to the feedback", Erase.ROW)
    language: str = neutral()
    at: datetime = neutral()


class Card(TableRow, table=True):
    """The message that shows an item in a place of the community's cards, and is edited with each change.

    A database trigger increments `revision` with every change of the item's row, voices and files, and of the rows and
    voices of items joined to it.
    """

    __table_args__ = (
        UniqueConstraint("feedback_id", "place_id"),
        partial("ix_card_due", "revision <> shown_revision", "next_at"),
    )

    id: int = neutral(default=None, primary_key=True)
    feedback_id: int = neutral(foreign_key="feedback.id")
    place_id: int = neutral(foreign_key="place.id", index=True)
    message: str = neutral(default="")
    """The message's id on the platform; empty while it is not posted, or after it was deleted."""
    shown: str = neutral(default="")
    """A digest of what the message shows, so that a change that does not alter it causes no edit."""
    revision: int = neutral(default=1)
    """The number of changes of what it may show."""
    shown_revision: int = neutral(default=0)
    """The revision that it shows."""
    next_at: datetime = neutral()
    """When it may be posted or edited next."""
    attempt: str = neutral(default="")
    """The key of an attempt to post it whose outcome is unknown: the message may exist already; else empty."""
    failures: int = neutral(default=0)
    """The number of consecutive failures to post or edit it."""


class ItemVector(TableRow, table=True):
    """The vector of an item's text by an encoder, by which similar items are found."""

    __tablename__ = "item_vector"

    feedback_id: int = neutral(primary_key=True, foreign_key="feedback.id", ondelete="CASCADE")
    encoder: str = neutral()
    digest: str = neutral()
    """A digest of the encoded text, so that a vector of an earlier text is noticed."""
    row: bytes = personal("what the meaning of the feedback was computed to be", Erase.ROW)


class Attachment(TableRow, table=True):
    """A file sent with an item, stored in the encrypted database because links of the platforms expire."""

    __table_args__ = (
        # With the size, so that sums read only the index: in the row it is stored after the content.
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
    """The bytes it counts for, at least `storage.items.attachments.LEAST`."""
