"""The types of the sample's data: the entries of a week's file (deeds), and the events made from them."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from storage.values import frozen
from storage.vocabulary import Audience, Kind, Status

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Deed(BaseModel):
    """One entry of a week's file: what a person did and when.

    Attributes:
        at: the weekday and local time, such as `tue 18:40`.
        by: the person's name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: str = Field(pattern=rf"^({'|'.join(DAYS)}) ([01]\d|2[0-3]):[0-5]\d$")
    by: str


class Filed(Deed):
    """Feedback that was filed.

    Attributes:
        name: the name by which decisions refer to it.
        supporters: who supports it, one after another, `BETWEEN_SUPPORTERS` apart.
        followers: who follows it, at the same intervals.
    """

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: Kind
    text: str
    area: str | None = None
    audience: Audience | None = None
    nameless: bool = False
    supporters: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()


class Decided(Deed):
    """A decision of the team.

    Attributes:
        on: the names of the feedback that was decided on.
        to: the new status.
        why: the reason, or empty.
    """

    on: tuple[str, ...]
    to: Status
    why: str = ""


class Asked(Deed):
    """A question asked of the bot."""

    text: str


class Week(BaseModel):
    """A week's file.

    Attributes:
        once: whether the week is never repeated, because it covers a single event.
        later: the suggestions that replace those in `feedback` when the week is repeated.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    once: bool = False

    feedback: tuple[Filed, ...] = ()
    later: tuple[Filed, ...] = ()
    decision: tuple[Decided, ...] = ()
    question: tuple[Asked, ...] = ()


@frozen
class Joined:
    """A person begins to support or follow feedback.

    Attributes:
        name: the feedback's name.
        by: the person's name.
    """

    name: str
    by: str
    how: Literal["support", "follow"]


@frozen
class Event:
    """A deed at an instant; its id is the same at every start."""

    id: str
    at: datetime
    deed: Filed | Joined | Decided | Asked
