"""What happens in the sample community: the entries of a week's file, and the events made from them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from storage.vocabulary import Kind, Status, Visibility

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Deed(BaseModel):
    """One entry of a week's file: what somebody did, at a weekday and local time such as `tue 18:40`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: str = Field(pattern=rf"^({'|'.join(DAYS)}) ([01]\d|2[0-3]):[0-5]\d$")
    by: str


class Filed(Deed):
    """Feedback; `name` is how decisions refer to it. Supporters come one after another, some hours apart."""

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: Kind
    text: str
    area: str | None = None
    visibility: Visibility | None = None
    supporters: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()


class Decided(Deed):
    """What the team made of some feedback, and why."""

    on: tuple[str, ...]
    to: Status
    why: str = ""


class Asked(Deed):
    """A question put to the bot."""

    text: str


class Week(BaseModel):
    """A week's file.

    Attributes:
        once: whether the week is told a single time, as it is about an event of its own.
        later: what is suggested when the week comes round again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    once: bool = False

    feedback: tuple[Filed, ...] = ()
    later: tuple[Filed, ...] = ()
    decision: tuple[Decided, ...] = ()
    question: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody supports or follows feedback."""

    name: str
    by: str
    how: Literal["support", "follow"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, at an instant; its id is the same at every start."""

    id: str
    at: datetime
    deed: Filed | Joined | Decided | Asked
