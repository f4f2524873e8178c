"""Tables of incoming events, outgoing messages, posted digests, prompts and buttons."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint

from storage.engine.columns import NEVER_AGAIN, Erase, TableRow, choice, neutral, owner, personal
from storage.models.indexes import partial
from storage.vocabulary import Delivery

WORDS = JSON(none_as_null=True)
"""A JSON column that stores None as SQL NULL rather than as JSON `null`."""

_UNFINISHED = "handled_at IS NULL"


class Inbox(TableRow, table=True):
    """Events of the platforms. The unique key makes handling idempotent when a platform delivers one again."""

    __table_args__ = (
        UniqueConstraint("platform", "event_id"),
        partial("ix_inbox_unfinished", _UNFINISHED, "platform", "id"),
        Index("ix_inbox_handled", "handled_at"),
    )

    id: int = neutral(default=None, primary_key=True)
    platform: str = neutral()
    event_id: str = neutral()
    payload: str | None = personal("a message that has not been handled yet", default=None)
    received_at: datetime = neutral()
    handled_at: datetime | None = neutral(default=None)


class Outbox(TableRow, table=True):
    """Outgoing messages (transactional outbox): inserted in the transaction of their cause, delivered afterwards."""

    __table_args__ = (
        Index("ix_outbox_due", "state", "next_at"),
        partial("ix_outbox_sent", "state = 'sent'", "sent_at"),
        NEVER_AGAIN,
    )

    id: int = neutral(default=None, primary_key=True)
    dedupe_key: str = neutral(unique=True)
    place_id: int | None = neutral(default=None, foreign_key="place.id")
    recipient_id: int | None = owner("who a message is for", Erase.ROW, default=None, nullable=True)
    feedback_id: int | None = neutral(default=None, foreign_key="feedback.id", index=True)
    """The item it is about. Without a place and a recipient it goes to `sealed`, or to this item's sealed address."""
    sealed: bytes | None = personal("where an answer goes, sealed", Erase.ROW, default=None)
    holder: str | None = personal("a keyed mark of whom an answer is for", Erase.ROW, default=None, index=True)
    payload: dict[str, Any] | None = personal("a message to deliver", Erase.ROW, default=None, sa_type=WORDS)
    state: Delivery = neutral(default=Delivery.WAITING, sa_type=choice(Delivery))
    attempts: int = neutral(default=0)
    error: str = neutral(default="")
    created_at: datetime = neutral(index=True)
    next_at: datetime = neutral()
    process: int | None = neutral(default=None)
    """The number of the process that has it until `next_at`, where several share the database."""
    sent_at: datetime | None = neutral(default=None)


class Digest(TableRow, table=True):
    """A digest posted for a period, with its text. The unique key ensures that each period is posted once."""

    __table_args__ = (UniqueConstraint("community_id", "name", "period"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    name: str = neutral()
    period: str = neutral()
    """The local date it was due on, or the id of a request. A date: a local time can occur twice (clock change)."""
    late: bool = neutral(default=False)
    payload: dict[str, Any] = personal("quotes in a posted digest", sa_type=JSON)
    posted_at: datetime = neutral(index=True)


class Mention(TableRow, table=True):
    """An item or question that a posted digest may quote, to find the digests to redact without reading them all."""

    id: int = neutral(default=None, primary_key=True)
    digest_id: int = neutral(foreign_key="digest.id")
    feedback_id: int | None = neutral(default=None, foreign_key="feedback.id", index=True)
    question_id: int | None = neutral(default=None, foreign_key="question.id", index=True)


class DigestOwner(TableRow, table=True):
    """A person named as an owner in a posted digest, to find the digests to redact when that person is erased."""

    __tablename__ = "digest_owner"

    id: int = neutral(default=None, primary_key=True)
    digest_id: int = neutral(foreign_key="digest.id", index=True)
    member_id: int = owner("that a digest of the team names them as who takes care of something", Erase.ROW)
    name: str = personal("the name they have in it", Erase.ROW)
    posted_at: datetime = neutral(index=True)


class Prompt(TableRow, table=True):
    """A question the bot asked, or a draft to confirm; stored so that a restart does not lose it."""

    __table_args__ = NEVER_AGAIN

    id: int = neutral(default=None, primary_key=True)
    holder: str = personal("a keyed mark of whose a prompt is", Erase.ROW, index=True)
    chat: str = personal("a keyed mark of where it was asked", Erase.ROW)
    command: str = neutral()
    args: dict[str, str] = personal("what was already given", Erase.ROW, sa_type=JSON)
    asks: str = neutral()
    community_id: int | None = neutral(default=None)
    """The community it is about, which a private chat does not determine."""
    created_at: datetime = neutral(index=True)


class Rate(TableRow, table=True):
    """A person's latest calls that count towards a rate limit shared by several processes; else it is in memory."""

    __table_args__ = (UniqueConstraint("holder", "name"), NEVER_AGAIN)

    id: int = neutral(default=None, primary_key=True)
    holder: str = personal("a keyed mark of whose calls are counted", Erase.ROW)
    name: str = neutral()
    """The rate limit."""
    sealed: bytes = personal("when a person lately used the bot, sealed", Erase.ROW)
    """The sealed times of the calls, which would reveal who wrote something nameless on a day."""
    until: datetime = neutral(index=True)
    """The end of the day on which the newest call stops counting."""


class Button(TableRow, table=True):
    """The action of a button whose arguments do not fit into its token; the token's signature names its holder."""

    __table_args__ = (partial("ix_button_held", "holder IS NOT NULL", "token", "holder"),)

    token: str = neutral(primary_key=True)
    command: str = neutral()
    community_id: int | None = neutral(default=None)
    args: dict[str, str] = neutral(sa_type=JSON)
    """Numbers, choices and ready-made reasons; no text that a member wrote."""
    holder: str | None = personal("a keyed mark of who may press a button", default=None)
    """Only for buttons of earlier versions. Computed with the token, so that a person's buttons cannot be linked."""
    created_at: datetime = neutral(index=True)


class Screen(TableRow, table=True):
    """A message that shows the state of an item, and is edited when that changes.

    One row for each item and message. Messages that show a member a nameless item of theirs have no row, which would
    reveal the author. A database trigger increments `revision` with every change of the item's row.
    """

    __table_args__ = (
        UniqueConstraint("key", "feedback_id"),
        partial("ix_screen_due", "revision <> shown_revision", "next_at"),
    )

    id: int = neutral(default=None, primary_key=True)
    key: str = neutral()
    """The delivery key of the message; its prefix gives the kind of message."""
    feedback_id: int = neutral(foreign_key="feedback.id", index=True)
    place_id: int | None = neutral(default=None, foreign_key="place.id")
    """The place it was posted in; None for a message to one person."""
    member_id: int | None = owner("which message shows an author their feedback", Erase.ROW, nullable=True)
    """The item's author, if it was sent to them alone; None in a place."""
    platform: str = neutral()
    holder: str | None = personal("a keyed mark of who has feedback open", Erase.ROW, default=None, index=True)
    """The person whose card it shows; None for a message to the author, and in a place."""
    sealed: bytes | None = personal("how an open card is drawn again, sealed", Erase.ROW, default=None)
    message: str = personal("the number of a message that shows feedback", Erase.ROW, index=True)
    shown: str = neutral(default="")
    """A digest of the item's state when the message was last sent or edited."""
    revision: int = neutral(default=1)
    """The number of changes of what it may show."""
    shown_revision: int = neutral(default=1)
    """The revision that it shows."""
    created_at: datetime = neutral(index=True)
    next_at: datetime = neutral()
    """When it may be edited next."""


class Trace(TableRow, table=True):
    """What a draft or message to one person shows of another person, so that the other's erasure finds it.

    One row for each person, item or question shown; deleted with the draft or message.
    """

    id: int = neutral(default=None, primary_key=True)
    prompt_id: int | None = neutral(default=None, foreign_key="prompt.id", ondelete="CASCADE", index=True)
    outbox_id: int | None = neutral(default=None, foreign_key="outbox.id", ondelete="CASCADE", index=True)
    shown_feedback_id: int | None = neutral(default=None, foreign_key="feedback.id", index=True)
    shown_question_id: int | None = neutral(default=None, foreign_key="question.id", index=True)
    mark: str | None = personal(
        "a keyed mark of whose words somebody else's draft or message shows", Erase.ROW, default=None, index=True
    )
