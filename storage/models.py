"""The tables. A row is the record: there are no mirror classes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from storage.columns import Erase, choice, neutral, owner, personal
from storage.vocabulary import Action, Decision, Delivery, Kind, Status, Visibility

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""SQLite gives the highest id out again once its row is gone: what still names the old row would find the new one."""
WORDS = JSON(none_as_null=True)
"""A JSON column whose None is no value at all, not the word null."""


class Installation(SQLModel, table=True):
    """The database as a whole, a single row: the mark of the key its seals were made with."""

    id: int = neutral(default=1, primary_key=True)
    key_mark: str = neutral()


class Community(SQLModel, table=True):
    """Owns items, numbers, knowledge and places; joins any number of guilds and chats."""

    id: int = neutral(default=None, primary_key=True)
    key: str = neutral(unique=True)
    name: str = neutral()
    language: str = neutral()
    timezone: str = neutral()
    closed: bool = neutral(default=False)
    """Whether only places that were set up belong to it, be it the only community or not."""
    last_number: int = neutral(default=0)
    knowledge_version: int = neutral(default=0)
    place_codes: int = neutral(default=0)
    """How many codes for `/setup` were used: the next one is another."""
    staff_codes: int = neutral(default=0)
    created_at: datetime = neutral()


class Place(SQLModel, table=True):
    """A channel, thread, topic or chat that belongs to a community."""

    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id", index=True)
    platform: str = neutral()
    external_id: str = neutral()
    staff: bool = neutral(default=False)


class Member(SQLModel, table=True):
    """A person, whatever the platforms they use."""

    __table_args__ = NEVER_AGAIN

    id: int = neutral(default=None, primary_key=True)
    language: str | None = personal("the language chosen with /language", default=None)
    community_id: int | None = personal("the community chosen for private messages, of several", default=None)
    first_seen: date = neutral()
    """A day, not an instant: an instant would tie a newcomer to the nameless item filed then."""


class Identity(SQLModel, table=True):
    """One platform account of a member."""

    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    id: int = neutral(default=None, primary_key=True)
    member_id: int = owner("which person the account belongs to", Erase.ROW)
    platform: str = neutral()
    external_id: str = personal("the account's number on the platform", Erase.ROW)
    name: str = personal("the display name on the platform", Erase.ROW)
    locale: str | None = personal("the language of the platform account", Erase.ROW, default=None)


class Membership(SQLModel, table=True):
    """A person used the bot in a community's place; without an instant, which would tie them to a nameless item."""

    member_id: int = owner("which communities a person used the bot in", Erase.ROW, primary_key=True, index=False)
    community_id: int = neutral(foreign_key="community.id", primary_key=True)


_OPEN = text("closed_at IS NULL")
_WORDED = text("text <> ''")
_UNFINISHED = text("handled_at IS NULL")


class Feedback(SQLModel, table=True):
    """A suggestion, a problem or praise, with its public number."""

    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_feedback_recent", "community_id", "created_at"),
        Index(
            "ix_feedback_waiting",
            *("community_id", "status", text("support DESC"), "created_at", "id", "kind"),
            sqlite_where=_WORDED,
            postgresql_where=_WORDED,
        ),
        Index("ix_feedback_top", "community_id", "support", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_feedback_author", "author_id", "community_id", "created_at"),
        Index("ix_feedback_mark", "author_hash", "community_id", "created_at"),
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


class Answer(SQLModel, table=True):
    """A piece of the team's knowledge."""

    __table_args__ = (UniqueConstraint("community_id", "external_id"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    external_id: str = neutral()
    language: str = neutral()
    text: str = neutral()


class Phrasing(SQLModel, table=True):
    """One way of asking what an answer answers."""

    id: int = neutral(default=None, primary_key=True)
    answer_id: int = neutral(foreign_key="answer.id", index=True)
    text: str = neutral()


class Question(SQLModel, table=True):
    """A question put to the bot, and what the bot did with it."""

    __table_args__ = (
        Index("ix_question_recent", "community_id", "asked_at"),
        Index("ix_question_same", "community_id", "plain"),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    asker_id: int | None = owner("who asked the question", default=None, nullable=True)
    text: str = personal("the words of the question")
    plain: str = personal("the question without case and accents, to count those who ask the same")
    language: str = neutral()
    decision: Decision = neutral(sa_type=choice(Decision))
    answer_id: int | None = neutral(default=None, foreign_key="answer.id", ondelete="SET NULL")
    score: float = neutral(default=0.0)
    useful: bool | None = neutral(default=None)
    source: str | None = neutral(default=None, index=True)
    """The keyed mark of the message it was asked in: an edit of that one changes its words."""
    asked_at: datetime = neutral()


class Digest(SQLModel, table=True):
    """A digest posted for a period: the claim that it is posted once, and its archive."""

    __table_args__ = (UniqueConstraint("community_id", "name", "period"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    name: str = neutral()
    period: str = neutral()
    """The local date it was due on: a cron at 02:30 fires twice on an autumn night, a date does not."""
    late: bool = neutral(default=False)
    payload: dict[str, Any] = personal("quotes in a posted digest", sa_type=JSON)
    posted_at: datetime = neutral()


class Mention(SQLModel, table=True):
    """An item or a question a posted digest may quote: what is taken back is found without reading the archive."""

    id: int = neutral(default=None, primary_key=True)
    digest_id: int = neutral(foreign_key="digest.id")
    feedback_id: int | None = neutral(default=None, foreign_key="feedback.id", index=True)
    question_id: int | None = neutral(default=None, foreign_key="question.id", index=True)


class Inbox(SQLModel, table=True):
    """Platform events, kept by id so that a redelivery changes nothing."""

    __table_args__ = (
        UniqueConstraint("platform", "event_id"),
        Index("ix_inbox_unfinished", "platform", "id", sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED),
        Index("ix_inbox_handled", "handled_at"),
    )

    id: int = neutral(default=None, primary_key=True)
    platform: str = neutral()
    event_id: str = neutral()
    payload: str | None = personal("a message that has not been handled yet", default=None)
    received_at: datetime = neutral()
    handled_at: datetime | None = neutral(default=None)


class Outbox(SQLModel, table=True):
    """What the bot owes somebody: written with its cause, delivered afterwards."""

    __table_args__ = (Index("ix_outbox_due", "state", "next_at"), NEVER_AGAIN)

    id: int = neutral(default=None, primary_key=True)
    dedupe_key: str = neutral(unique=True)
    place_id: int | None = neutral(default=None, foreign_key="place.id")
    recipient_id: int | None = owner("who a message is for", Erase.ROW, default=None, nullable=True)
    feedback_id: int | None = neutral(default=None, foreign_key="feedback.id", index=True)
    """With neither place nor recipient: for the sealed address of this item, or for `sealed`."""
    sealed: bytes | None = personal("where an answer goes, sealed", Erase.ROW, default=None)
    holder: str | None = personal("a keyed mark of whom an answer is for", Erase.ROW, default=None, index=True)
    payload: dict[str, Any] | None = personal("a message to deliver", Erase.ROW, default=None, sa_type=WORDS)
    state: Delivery = neutral(default=Delivery.WAITING, sa_type=choice(Delivery))
    attempts: int = neutral(default=0)
    error: str = neutral(default="")
    created_at: datetime = neutral(index=True)
    next_at: datetime = neutral()
    sent_at: datetime | None = neutral(default=None)


class Prompt(SQLModel, table=True):
    """A question the bot asked and waits on: a restart does not lose the conversation."""

    __table_args__ = NEVER_AGAIN

    id: int = neutral(default=None, primary_key=True)
    holder: str = personal("a keyed mark of whose a prompt is", Erase.ROW, index=True)
    chat: str = personal("a keyed mark of where it was asked", Erase.ROW)
    command: str = neutral()
    args: dict[str, str] = personal("what was already given", Erase.ROW, sa_type=JSON)
    asks: str = neutral()
    community_id: int | None = neutral(default=None)
    """Which community it is about: in a private chat the place does not tell."""
    created_at: datetime = neutral(index=True)


class PrivateChat(SQLModel, table=True):
    """Where somebody wrote to the bot alone, on a platform that does not tell: what is missed is looked for there."""

    __tablename__ = "private_chat"

    id: int = neutral(default=None, primary_key=True)
    platform: str = neutral()
    holder: str = personal("a keyed mark of who writes in a private chat", Erase.ROW, unique=True)
    sealed: bytes = personal("a private chat with the bot, sealed", Erase.ROW)
    heard_at: datetime = neutral(index=True)
    """The day of the last message, not its instant."""


class Button(SQLModel, table=True):
    """What a button does, behind an opaque id that fits every platform."""

    token: str = neutral(primary_key=True)
    command: str = neutral()
    community_id: int | None = neutral(default=None)
    args: dict[str, str] = neutral(sa_type=JSON)
    """Numbers, choices and ready-made reasons: never a member's words."""
    holder: str | None = personal("a keyed mark of who may press a button", default=None)
    """Made with the token, so that two buttons cannot be told to be one person's."""
    created_at: datetime = neutral(index=True)
