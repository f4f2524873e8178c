"""What comes in: one thing a person did, whatever the platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType


class Role(IntEnum):
    """What a person may do, as the platform sees it; each includes the ones before."""

    MEMBER = 0
    MODERATOR = 1
    STAFF = 2


EVERYWHERE = ""
"""Stands for every place among a person's roles."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a platform can do, the same for all its events.

    Attributes:
        forms: whether it shows several fields at once; else they are asked for one by one, choices by buttons.
        durable: whether answers go out through the outbox, as where no call is open that waits for one.
    """

    forms: bool = True
    durable: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it.

    Attributes:
        platform: the adapter's name.
        id: the platform's stable account id, never a display name.
        name: the display name, for showing beside what was said under it.
        role: what the platform lets this person do here; in a private chat, the most they may do anywhere.
        roles: in a private chat, what they may do by the place that lets them: there may be several communities.
        locale: the person's language on the platform, such as `fr` or `fr-CA`, if it tells.
    """

    platform: str
    id: str
    name: str
    role: Role = Role.MEMBER
    locale: str | None = None
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Chat:
    """Where it was done.

    Attributes:
        platform: the adapter's name.
        id: the channel, thread, topic or chat, stable on its platform.
        private: whether only this person and the bot read it.
        staff: whether it is where the staff reads digests.
        overlooked: whether what is typed to the bot here is read by the others too.
        within: the chat this one is a topic or thread of: what belongs to it belongs to its community.
        own: the private chat of the person who acts, where one is known.
    """

    platform: str
    id: str
    private: bool = False
    staff: bool = False
    overlooked: bool = False
    within: str = ""
    own: str = ""


class Lost(StrEnum):
    """Why the content of a file is not here."""

    TOO_LARGE = "too_large"
    UNFETCHED = "unfetched"
    """The platform did not give it just now."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message.

    Attributes:
        lost: why its content is not here, when it is not.
    """

    name: str
    media_type: str
    content: bytes
    lost: Lost | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, which another person points at.

    Attributes:
        bot: whether a program said it.
    """

    by: Actor
    text: str
    message: str
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing a person did. Every adapter builds this and nothing else.

    Attributes:
        id: the platform's event id, stored unique: a redelivery changes nothing.
        actor: who did it.
        chat: where.
        at: when, aware, UTC.
        command: the command named, without slash; None for free text, a button or a prompt's answer.
        args: what a form or slash command filled in, by parameter name.
        text: what was typed: the words after a command, or a plain message.
        button: the opaque id of the button pressed.
        answers: the id of the prompt this answers, where the platform knows it.
        addressed: whether the bot was spoken to; plain talk in a public place was not.
        attachments: files that came with it.
        message: the stable id of the message itself, which an edit or an answer names; by default the event's.
        edited: whether it is new words for a message of before.
        about: what somebody said, when this is done to that.
        parts: the ids of further events that are part of this one, such as an album's other pictures.
        means: what the platform can do.
        pressed: the id of the message whose button was pressed, where the platform can change that message.
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
    parts: tuple[str, ...] = ()
    means: Means = field(default_factory=Means)
    pressed: str = ""
