"""Tables of communities, their places, members and their accounts."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint

from storage.engine.columns import NEVER_AGAIN, Erase, TableRow, neutral, owner, personal


class Installation(TableRow, table=True):
    """A single row about the database: the fingerprint of its key, and the state of its machine's clock and disk."""

    id: int = neutral(default=1, primary_key=True)
    key_mark: str = neutral()
    former: bytes | None = neutral(default=None)
    """The sealed secrets of former keys (`storage.engine.former`); None with the first key."""
    seen_at: datetime | None = neutral(default=None)
    """The last instant at which the machine's clock was trusted; None if never."""
    low_since: datetime | None = neutral(default=None)
    """Since when the disk is nearly full, as the staff were notified; None when it is not."""


class Community(TableRow, table=True):
    """A community: owns items with their numbers, knowledge and places, in any number of guilds and chats."""

    id: int = neutral(default=None, primary_key=True)
    key: str = neutral(unique=True)
    name: str = neutral()
    language: str = neutral()
    timezone: str = neutral()
    closed: bool = neutral(default=False)
    """Whether only places set up for it belong to it. Otherwise, if it is the only community, every chat does until a
    place for members is set up."""
    last_number: int = neutral(default=0)
    knowledge_version: int = neutral(default=0)
    place_codes: int = neutral(default=0)
    """How many codes for `/setup` were used; a code is computed from this number, so that each works once."""
    staff_codes: int = neutral(default=0)
    preset: str | None = neutral(default=None)
    """The preset chosen in chat; empty for none, None while nobody has chosen."""
    created_at: datetime = neutral()
    counted_since: date | None = neutral(default=None)
    """The first month for which the counts of deleted deliveries are complete; None if they always were."""


class Place(TableRow, table=True):
    """A channel, thread, topic or chat that belongs to a community."""

    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id", index=True)
    platform: str = neutral()
    external_id: str = neutral()
    staff: bool = neutral(default=False)
    left_at: datetime | None = neutral(default=None, index=True)
    """When the bot was removed from it; None while it is there."""
    ideas_since: datetime | None = neutral(default=None)
    """Since when public items get a card there; None where no cards are posted."""
    trouble: str = neutral(default="")
    """Why its cards cannot be posted, as the staff were notified; empty when they can."""
    team: bool = neutral(default=False)
    """Whether it is only for the team of an area, so that it was not set up for members."""
    server: str = neutral(default="")
    """The id of the server that a channel is in, kept after the channel's deletion; empty when unknown."""


class Member(TableRow, table=True):
    """A person, with one or more accounts on the platforms."""

    __table_args__ = NEVER_AGAIN

    id: int = neutral(default=None, primary_key=True)
    language: str | None = personal("the language chosen with /language", default=None)
    community_id: int | None = personal("the community chosen for private messages, of several", default=None)
    first_seen: date = neutral()
    """A day, since the instant would link a new member to a nameless item filed at the same time."""
    former: str = personal("the numbers you had here before your accounts were joined", default="")
    """The id and first day of each member merged into this one, such as `12:2026-03-04`, separated by spaces."""
    news: str = personal("how often you are sent news", default="")
    """A value of `News`; empty for the community's default."""
    codes: int = neutral(default=0)
    """How many codes for `/link` were used or spoilt; a code is computed from this number, so that each works once."""


class Identity(TableRow, table=True):
    """One platform account of a member."""

    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    id: int = neutral(default=None, primary_key=True)
    member_id: int = owner("which person the account belongs to", Erase.ROW)
    platform: str = neutral()
    external_id: str = personal("the account's number on the platform", Erase.ROW)
    name: str = personal("the display name on the platform", Erase.ROW)
    locale: str | None = personal("the language of the platform account", Erase.ROW, default=None)


class Membership(TableRow, table=True):
    """That a person takes part in a community. Stores no time, which could link them to a nameless item."""

    member_id: int = owner("which communities a person used the bot in", Erase.ROW, primary_key=True, index=False)
    community_id: int = neutral(foreign_key="community.id", primary_key=True)
    invited: bool = neutral(default=False)
    """Whether they were not seen in one of its places, but invited, or a member from before places counted."""


class Block(TableRow, table=True):
    """That the author of an item may not file feedback in the community for a time; identified only by a keyed mark.

    One row for each item that led to a block, so that nothing shown of one item reveals another by the same author.
    It outlasts the erasure of the person's data; otherwise an erasure would lift the block.
    """

    __table_args__ = (
        UniqueConstraint("community_id", "number", "mark"),
        Index("ix_block_mark", "community_id", "mark"),
    )

    id: int = neutral(default=None, primary_key=True)
    community_id: int = neutral(foreign_key="community.id")
    number: int = neutral()
    """The public number of the item that led to it."""
    mark: str = personal("a code without a name, while its person cannot file feedback", Erase.KEEP)
    """The author's mark on nameless items; after the person's erasure, the mark of the account."""
    until: datetime = neutral(index=True)
    reason: str = personal("the reason why its person cannot file feedback", Erase.KEEP, default="")
    """The reason shown to the person; written by a moderator."""
    appealed: bool = neutral(default=False)
    created_on: date = neutral()


class Departure(TableRow, table=True):
    """The plan for erasing one person's nameless items and questions; see `storage.privacy.departures`."""

    id: int = neutral(default=None, primary_key=True)
    sealed: bytes = personal("whose nameless words are still to be erased, sealed", Erase.ROW)


class PrivateChat(TableRow, table=True):
    """A private chat on a platform that gives bots no list of them, stored to fetch messages missed while offline."""

    __tablename__ = "private_chat"
    __table_args__ = (Index("ix_private_chat_recent", "platform", "heard_at"),)

    id: int = neutral(default=None, primary_key=True)
    platform: str = neutral()
    holder: str = personal("a keyed mark of who writes in a private chat", Erase.ROW, unique=True)
    sealed: bytes = personal("a private chat with the bot, sealed", Erase.ROW)
    heard_at: datetime = neutral(index=True)
    """The day of the last message, not its instant."""
