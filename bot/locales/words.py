"""The product's words for what the store keeps, marked for translation."""

from collections.abc import Mapping
from enum import Enum, StrEnum

from storage.vocabulary import Kind, Status, Visibility


def mark(message: str) -> str:
    """Mark a message for translation where it is declared; it is translated where it is shown."""
    return message


class Verdict(StrEnum):
    """What a moderator decides on an item; `of` an item's kind it becomes a status."""

    REVIEW = "review"
    PLANNED = "planned"
    DONE = "done"
    NOT_PLANNED = "not_planned"
    EXISTS = "exists"


class DigestAction(StrEnum):
    """What to do with a digest."""

    PREVIEW = "preview"
    NOW = "now"


class Useful(StrEnum):
    """What a member thought of an answer."""

    YES = "yes"
    NO = "no"


class Tongue(StrEnum):
    """What `/language` takes: a language, or the platform's."""

    EN = "en"
    FR = "fr"
    AUTO = "auto"


# A verdict that has a status's value is the same key here, and the same word.
WORDS: dict[Enum, str] = {
    Kind.SUGGESTION: mark("suggestion"),
    Kind.PROBLEM: mark("problem"),
    Kind.PRAISE: mark("praise"),
    Visibility.NAMED: mark("everyone, with my name"),
    Visibility.NAMELESS: mark("everyone, without my name"),
    Visibility.TEAM: mark("the team only"),
    Status.RECEIVED: mark("received"),
    Status.UNDER_REVIEW: mark("under review"),
    Status.PLANNED: mark("planned"),
    Status.IN_PROGRESS: mark("in progress"),
    Status.ON_HOLD: mark("on hold"),
    Status.DONE: mark("done"),
    Status.NOT_PLANNED: mark("not planned"),
    Status.EXISTS: mark("already exists"),
    Status.JOINED: mark("joined to another"),
    Status.HANDLED: mark("being handled"),
    Status.RESOLVED: mark("resolved"),
    Status.EXPLAINED: mark("explained"),
    Status.READ: mark("read"),
    Status.WITHDRAWN: mark("withdrawn"),
    Verdict.REVIEW: mark("under review"),
    Verdict.EXISTS: mark("already exists"),
    DigestAction.PREVIEW: mark("preview"),
    DigestAction.NOW: mark("now"),
    Useful.YES: mark("yes"),
    Useful.NO: mark("no"),
    Tongue.EN: mark("English"),
    Tongue.FR: mark("French"),
    Tongue.AUTO: mark("as on the platform"),
}

OR = " · "
"""Parts the ways of saying one thing."""

ALSO: Mapping[Enum, tuple[str, ...]] = {
    Visibility.NAMED: (
        mark("Show my name"),
        mark("Show to all, with my name"),
        mark("public · with my name · with name"),
    ),
    Visibility.NAMELESS: (
        mark("Without my name"),
        mark("Show to all, without my name"),
        mark("anonymous · anonymously · no name · without name · without a name"),
    ),
    Visibility.TEAM: (
        mark("Team only"),
        mark("Team only, with my name"),
        mark("the team · only the team · private"),
    ),
    Verdict.PLANNED: (WORDS[Status.HANDLED],),
    Verdict.DONE: (WORDS[Status.RESOLVED], WORDS[Status.READ]),
    Verdict.NOT_PLANNED: (WORDS[Status.EXPLAINED],),
}
"""What else a choice is called, on buttons and by people."""


def forms(choice: Enum) -> tuple[str, ...]:
    """Every message that calls a choice by a name, or by several."""
    return (WORDS[choice], *ALSO.get(choice, ()))


KIND_OF: Mapping[str, Kind] = {"suggest": Kind.SUGGESTION, "problem": Kind.PROBLEM, "praise": Kind.PRAISE}
"""What each filing command files."""

AREAS: tuple[str, ...] = (
    mark("Innovation"),
    mark("Support"),
    mark("Quality"),
    mark("Understanding"),
    mark("Image"),
)
"""The five impacts, offered as areas where a community names none of its own."""
