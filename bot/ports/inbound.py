"""Events from the platforms: one thing a person did, in a form common to all platforms."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType

from storage.values import frozen


class Role(IntEnum):
    """What a person may do, by their rights on the platform; each role includes the lower ones."""

    MEMBER = 0
    MODERATOR = 1
    STAFF = 2


ALL_PLACES = ""
"""Key in `Actor.roles` for a role that holds in all places."""


@frozen
class Means:
    """What the platform supports for this event.

    Attributes:
        forms: whether it shows forms with several fields; else they are asked for one by one, choices by buttons.
        durable: whether answers go through the outbox; else `Handle` returns them to a call that waits.
        largest_file: the largest file it takes from the bot, in bytes.
        kept: whether the platform keeps the event until it is stored: then an error of the store is raised instead of
            told, and only what needs no storing is answered.
        link: the start of a link that opens the bot's private chat, to which what it starts with is added; empty where
            there is none.
        asks: whether the bot's questions are messages in the chat, so that what their person writes next answers them.
        beside: whether a private answer to a press is shown in the chat itself, also where others read.
        pictures_apart: whether a reply's pictures are messages of their own, which stay when it is edited.
        recalls: whether pressing a button of an answer that quotes a file brings the file once more.
    """

    forms: bool = True
    durable: bool = False
    largest_file: int = 10 * 2**20
    kept: bool = False
    link: str = ""
    asks: bool = False
    beside: bool = True
    recalls: bool = False
    pictures_apart: bool = False


@frozen
class Actor:
    """Who did it.

    Attributes:
        platform: the adapter's name.
        id: the platform's stable account id, never a display name.
        name: the display name, shown with feedback given under it.
        role: the role in this chat; in a private chat, the highest of `roles`.
        roles: in a private chat, the roles by the id of the place that gives each, since there may be several
            communities.
        account: whether it is a person's account; not so for a group or channel in whose name somebody writes.
        locale: the language of the account, such as `fr` or `fr-CA`, if the platform tells.
        handle: the name by which the platform calls the account, such as `robin_22`; empty where it has none.
    """

    platform: str
    id: str
    name: str
    role: Role = Role.MEMBER
    locale: str | None = None
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    account: bool = True
    handle: str = ""


@frozen
class Chat:
    """Where it was done.

    Attributes:
        platform: the adapter's name.
        id: the stable id of the channel, thread, topic or chat.
        private: whether only this person and the bot read it.
        staff: whether digests are posted in it.
        overlooked: whether others read what is typed to the bot here.
        within: the id of the server or group it is in; it belongs to the same community. Empty when in none.
        own: the id of the person's private chat, if known.
        forum: the id of the forum it is a post of; empty when of none.
    """

    platform: str
    id: str
    private: bool = False
    staff: bool = False
    overlooked: bool = False
    within: str = ""
    own: str = ""
    forum: str = ""


class Lost(StrEnum):
    """Why a file has no content."""

    TOO_LARGE = "too_large"
    UNFETCHED = "unfetched"
    """The download failed."""
    UNREADABLE = "unreadable"
    """It is a picture that cannot be decoded, so that its metadata cannot be removed."""


@frozen
class File:
    """A file that came with a message.

    Attributes:
        media_type: as the sender's program or the platform says.
        content: empty while it was not fetched.
        lost: why its content is missing, if it is.
        source: fetches it from the platform; None once it was, or cannot be.
    """

    name: str
    media_type: str
    content: bytes = b""
    lost: Lost | None = None
    source: "Callable[[], Awaitable[File]] | None" = None


@frozen
class Said:
    """A message by somebody else that a command is applied to.

    Attributes:
        by: its author.
        message: its id.
        bot: whether a bot wrote it.
        link: a link to it, where the platform has one.
        files: how many files it has.
    """

    by: Actor
    text: str
    message: str
    bot: bool = False
    link: str = ""
    files: int = 0


@frozen
class Inbound:
    """One thing a person did; the only input of the core.

    Attributes:
        id: the platform's event id, stored as unique, so that a redelivered event has no effect.
        actor: who did it.
        chat: where.
        at: when, aware, UTC.
        command: the command's name without slash, from a slash command, menu or form; None for text and buttons.
        args: the values of a form or slash command, by parameter name.
        text: the text typed, which may start with a command.
        button: the token of the button pressed, or brought by a link; unknown, it is `command` that counts.
        answers: the id of the prompt this answers, where the platform knows it.
        addressed: whether it is addressed to the bot; not so for messages among members.
        attachments: the files sent with it.
        message: the stable id of the message, which edits and replies refer to; by default the event's id.
        edited: whether it is a new version of an earlier message.
        about: the message by somebody else that the command is applied to.
        forwarded: whether its words are those of another message, which somebody else may have written.
        parts: the ids of further events handled with this one, such as an album's other pictures.
        means: what the platform supports for this event.
        pressed: the id of the message whose button was pressed, where the bot can edit that message.
        aloud: whether others see the message whose button was pressed.
        asked: the id of the account whom the bot's message asked that this replies to, where the platform tells.
        aside: whether it is said to somebody else: it replies to their message, or begins with their name.
        quoted: the text of the bot's message that this replies to, in a private chat.
        tokens: the platform's tokens in its texts, such as `<@123>`, each with the words or the instant it stands for.
    """

    id: str
    actor: Actor
    chat: Chat
    at: datetime
    command: str | None = None
    args: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    text: str = ""
    button: str | None = None
    answers: str | None = None
    addressed: bool = True
    attachments: tuple[File, ...] = ()
    message: str = ""
    edited: bool = False
    about: Said | None = None
    forwarded: bool = False
    parts: tuple[str, ...] = ()
    means: Means = field(default_factory=Means)
    pressed: str = ""
    aloud: bool = False
    asked: str = ""
    aside: bool = False
    quoted: str = ""
    tokens: Mapping[str, str | datetime] = field(default_factory=lambda: MappingProxyType({}))
