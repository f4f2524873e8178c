"""Reads the sample community's story from `bot/sample` and puts it on a calendar."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.sources import Problem, markdown
from bot.settings.config import CommunitySettings, StaffPlace
from storage.knowledge import Entry
from storage.vocabulary import Kind, Status, Visibility

SAMPLE = Path(__file__).parent.parent / "sample"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BETWEEN_SUPPORTERS = timedelta(hours=7)


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
    """A week's file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    feedback: tuple[Filed, ...] = ()
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


class Story:
    """The people, the weeks and the answers of the sample community."""

    @cached_property
    def people(self) -> dict[str, str]:
        """The language of each person."""
        return {name: str(language) for name, language in _toml(SAMPLE / "people.toml").items()}

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks, the first of them first."""
        return tuple(Week.model_validate(_toml(file)) for file in sorted((SAMPLE / "weeks").glob("*.toml")))

    def answers(self) -> list[Entry]:
        """What the team wrote down, in both languages."""
        files = sorted(SAMPLE.glob("answers.*.md"))
        return [entry for file in files for entry in _answers(file.read_text("utf-8"), file.stem.split(".")[1])]

    def events(self, first_day: date, zone: ZoneInfo) -> list[Event]:
        """Everything that happens, in order, when the first week begins on that Monday."""
        found: list[Event] = []
        for number, week in enumerate(self.weeks):
            monday = first_day + timedelta(weeks=number)
            deeds: tuple[Filed | Decided | Asked, ...] = (*week.feedback, *week.decision, *week.question)
            for position, deed in enumerate(deeds):
                found += _events(f"{number + 1}.{position}", deed, _moment(deed.at, monday, zone))
        return sorted(found, key=lambda event: event.at)


def read_community() -> CommunitySettings:
    """The sample community's settings."""
    staff = StaffPlace(platform="web", place="staff")
    return CommunitySettings.model_validate({**_toml(SAMPLE / "community.toml"), "staff": staff})


def _answers(text: str, language: str) -> Iterator[Entry]:
    for found in markdown.parse(text):
        if isinstance(found, Problem):
            raise ValueError(f"answers.{language}.md, {found}")  # noqa: TRY004 - the file is wrong, not its type
        yield Entry(f"sample {language}: {found.phrasings[0]}", found.phrasings, found.answer, language)


def _events(event: str, deed: Filed | Decided | Asked, at: datetime) -> Iterator[Event]:
    yield Event(event, at, deed)
    if isinstance(deed, Filed):
        for number, person in enumerate(deed.supporters, 1):
            yield Event(f"{event}.s{number}", at + number * BETWEEN_SUPPORTERS, Joined(deed.name, person, "support"))
        for number, person in enumerate(deed.followers, 1):
            yield Event(f"{event}.f{number}", at + number * BETWEEN_SUPPORTERS, Joined(deed.name, person, "follow"))


def _moment(when: str, monday: date, zone: ZoneInfo) -> datetime:
    day, clock = when.split()
    return datetime.combine(monday + timedelta(days=DAYS.index(day)), time.fromisoformat(clock), zone)


def _toml(file: Path) -> dict[str, object]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
