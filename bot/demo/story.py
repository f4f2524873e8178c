"""Reads the sample community's data from `bot/sample`, and turns its weeks into dated events."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import count, takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo.deeds import DAYS, Event, Filed, Joined, Week
from bot.demo.rounds import AnyDeed, Rounds, deeds_of
from bot.knowledge.sources import Problem, markdown
from bot.settings.config import CommunitySettings, StaffPlace
from storage.answers.knowledge import Entry

SAMPLE = Path(__file__).parent.parent / "sample"
PLACE = StaffPlace(platform="web", place="community")
STAFF = StaffPlace(platform="web", place="staff")
"""The panes of the demo's page that are the members' place and the staff place."""
IDEAS = StaffPlace(platform="web", place="ideas")
"""The place on the demo's page for the cards of ideas."""
BETWEEN_SUPPORTERS = timedelta(hours=7)
"""The time between two supporters of an item, and from its filing to the first."""


class Story:
    """The sample community's data: people, weeks and answers."""

    @cached_property
    def people(self) -> dict[str, str]:
        """By person, their language."""
        return {name: str(language) for name, language in _toml(SAMPLE / "people.toml").items()}

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks, in order."""
        return tuple(Week.model_validate(_toml(file)) for file in sorted((SAMPLE / "weeks").glob("*.toml")))

    def answers(self) -> list[Entry]:
        """The sample's knowledge, in both languages."""
        files = sorted(SAMPLE.glob("answers.*.md"))
        return [entry for file in files for entry in _answers(file.read_text("utf-8"), file.stem.split(".")[1])]

    def events(self, first_day: date, until: datetime, zone: ZoneInfo) -> list[Event]:
        """All events up to an instant, in order; after the sample's last week the ordinary weeks are repeated.

        Args:
            first_day: the Monday on which the first week begins.
            until: the instant.
            zone: the zone of the deeds' times.
        """
        mondays = (first_day + timedelta(weeks=number) for number in count())
        begun = takewhile(lambda monday: datetime.combine(monday, time(), zone) <= until, mondays)
        found: list[Event] = []
        for number, monday in enumerate(begun):
            for position, deed in enumerate(self.deeds(number)):
                found += _events(f"{number + 1}.{position}", deed, _moment(deed.at, monday, zone))
        return sorted((event for event in found if event.at <= until), key=lambda event: event.at)

    def deeds(self, number: int) -> Sequence[AnyDeed]:
        """The deeds of a week.

        Args:
            number: the number of weeks before it.
        """
        if number < len(self.weeks):
            return deeds_of(self.weeks[number])
        return self._rounds.deeds(number - len(self.weeks))

    @cached_property
    def _rounds(self) -> Rounds:
        return Rounds(self.weeks, self.people)


def read_community() -> CommunitySettings:
    """The sample community's settings."""
    return CommunitySettings.model_validate({**_toml(SAMPLE / "community.toml"), "staff": STAFF})


def _answers(text: str, language: str) -> Iterator[Entry]:
    for found in markdown.parse(text):
        if isinstance(found, Problem):
            raise ValueError(f"answers.{language}.md, {found}")  # noqa: TRY004 - the file is wrong, not its type
        yield Entry(f"sample {language}: {found.phrasings[0]}", found.phrasings, found.answer, language)


def _events(event: str, deed: AnyDeed, at: datetime) -> Iterator[Event]:
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
