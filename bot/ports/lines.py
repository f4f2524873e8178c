"""Lines of text with parts that mean something: emphasis, links, moments, commands. Adapters draw each natively."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from storage.values import frozen


@frozen
class Strong:
    """Words that matter most in a line."""

    text: str
    span: Literal["strong"] = "strong"


@frozen
class Emphasis:
    """Words in italics."""

    text: str
    span: Literal["emphasis"] = "emphasis"


@frozen
class Code:
    """Words shown verbatim, as on a terminal."""

    text: str
    span: Literal["code"] = "code"


@frozen
class Link:
    """Words that lead to a web address. Only the bot's and the team's: a member's words are never a link.

    Attributes:
        url: an address with `http` or `https`; any other is shown as words alone.
    """

    text: str
    url: str
    span: Literal["link"] = "link"


class Precision(StrEnum):
    """How exactly a moment is shown."""

    DAY = "day"
    TIME = "time"
    RELATIVE = "relative"


@frozen
class Instant:
    """A moment, which each reader sees in their own time zone where the platform can show it so.

    Attributes:
        text: the moment in words in the community's zone, for the other platforms.
        at: the moment, in UTC.
    """

    text: str
    at: datetime
    precision: Precision = Precision.DAY
    span: Literal["instant"] = "instant"


@frozen
class CommandLink:
    """A command that can be started by a press.

    Attributes:
        text: what a person would type, such as `/statut 262`.
        command: its name in the registry, such as `status`.
        argument: its first argument, or empty.
    """

    text: str
    command: str
    argument: str = ""
    span: Literal["command"] = "command"


def _span_of(value: Any) -> str:
    """The kind of a part; those stored before there were several kinds are strong."""
    found = value.get("span") if isinstance(value, dict) else getattr(value, "span", None)
    return str(found or "strong")


Span = Strong | Emphasis | Code | Link | Instant | CommandLink
Part = Annotated[
    Annotated[Strong, Tag("strong")]
    | Annotated[Emphasis, Tag("emphasis")]
    | Annotated[Code, Tag("code")]
    | Annotated[Link, Tag("link")]
    | Annotated[Instant, Tag("instant")]
    | Annotated[CommandLink, Tag("command")],
    Discriminator(_span_of),
]
Line = str | tuple[str | Part, ...]
"""One line of text, with or without parts that mean something. Adapters escape every part."""


def flat(line: Line) -> str:
    """A line as words alone."""
    if isinstance(line, str):
        return line
    return "".join(part if isinstance(part, str) else part.text for part in line)
