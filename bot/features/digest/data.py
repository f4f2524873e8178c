"""The figures of a digest, and the span they cover."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from bot.features.digest.areas import AreaPart
from bot.feedback.audience.suppression import quotable
from bot.signals.tally import Tally
from bot.themes.theme import Theme
from storage.answers.questions import Waiting
from storage.models import Feedback
from storage.reports.reporting import Change, Count
from storage.values import frozen
from storage.vocabulary import Delivery, Kind

CHANGES = 5
"""The largest number of decisions that are shown."""
PATIENCE = 30
"""Days after which an undecided item counts as waiting long, when the community has no answer time set."""

ALARMS_DAYS = 90
"""The number of days in which false alarms are counted."""


@frozen
class Window:
    """The span a digest covers, `until` excluded; both aware, in local time."""

    since: datetime
    until: datetime

    @property
    def days(self) -> int:
        """Its length in local days."""
        return (self.until - self.since).days

    def before(self, periods: int) -> "Window":
        """A span of the same length, which lies this number of periods earlier, in local time."""
        earlier = periods * (self.until - self.since)
        return Window(self.since - earlier, self.until - earlier)


@frozen
class Wait:
    """An undecided item.

    Attributes:
        support: the number of its supporters.
        days: the days it has waited.
        earlier: how many of its supporters supported it before it was edited.
        owner: the name of the team or person who takes care of it; empty for nobody.
        alike: how many other messages of the period belong to the same theme.
        person: the member id of the owner; None where that is a team, or nobody.
    """

    item: Feedback
    support: int
    days: int
    earlier: int = 0
    owner: str = ""
    alike: int = 0
    person: int | None = None


@frozen
class Topic:
    """A theme as a digest shows it.

    Attributes:
        owner: the name of the team or person who takes care of its items; empty for nobody.
        team: the team alone, for JSON figures, which name no person.
        since: the day on which people began to write about it.
        person: the member id of who takes care of them; None where that is a team, or nobody.
    """

    theme: Theme
    owner: str
    team: str
    since: date
    person: int | None = None


@frozen
class DigestData:
    """All figures of a digest, before it is rendered.

    Attributes:
        waiting_total: how many items are undecided, counted up to `storage.items.desk.backlog.COUNTED` + 1.
        waiting_since: the day the oldest undecided item was filed.
        waiting_long: how many of these have waited for more than `patience` days, counted likewise.
        areas: the five with most people, in the community's order; messages without an area (None) come last.
        more_areas: how many other areas have messages.
        quiet: the community's areas without messages.
        total: all messages, and the distinct people who wrote to the team or asked the bot.
        new_voices: those of these people who wrote or asked under their name for the first time.
        about: the areas it is about; empty for everything.
        days: how many days it covers.
        until: the end of its span, excluded; aware, in local time.
        unsigned: how many messages have no author.
        topics: the themes with most people; without any, the areas are shown in their place.
        drawn: the size of the random sample the themes were found in, and of all messages; None if in all.
        praise: the newest praise whose author allows to quote it.
        permitted: items whose authors allow to quote them in public; only for a digest for promotion.
        ready: how many people are ready to talk.
        unusual_areas: the areas about which unusually many people wrote.
        periods_known: how many earlier periods there are to compare with, at most twelve.
        mostly: by kind, the area of more than half of its messages, if there is one.
        questions: None in a digest of some areas, since questions have no area.
        month: the first day of the month before the digest's last one.
        false_alarms: how many alerts moderators called false alarms, in `ALARMS_DAYS` days.
        closed: of the items filed in that month, how many are closed, and how many there are.
    """

    community: str
    first_day: date
    last_day: date
    periods_known: int
    waiting: tuple[Wait, ...]
    waiting_total: int
    areas: tuple[AreaPart, ...]
    total: Count
    new_voices: int
    kinds: dict[Kind, Tally]
    mostly: dict[Kind, str]
    questions: Tally | None
    unanswered: tuple[Waiting, ...]
    changes: tuple[Change, ...]
    told: dict[Delivery, int]
    month: date
    closed: tuple[int, int]
    until: datetime
    askers: int = 0
    waiting_since: date | None = None
    waiting_long: int = 0
    patience: int = PATIENCE
    more_areas: int = 0
    quiet: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    days: int = 7
    unsigned: int = 0
    unusual_areas: Mapping[str, Tally] = field(default_factory=dict)
    false_alarms: int = 0
    topics: tuple[Topic, ...] = ()
    drawn: tuple[int, int] | None = None
    praise: Feedback | None = None
    permitted: tuple[Feedback, ...] = ()
    ready: int = 0

    @property
    def weekly(self) -> bool:
        """Whether it covers seven days, so that the text may say 'week'."""
        return self.days == 7

    @property
    def empty(self) -> bool:
        """Whether there are no messages, no undecided items and no decisions."""
        return not (self.total.messages or self.waiting_total or self.changes)

    @property
    def quoted(self) -> tuple[Feedback, ...]:
        """Every item whose text may be shown."""
        quotes = [item for part in self.areas for item in part.quotes]
        quotes += [item for topic in self.topics for item in topic.theme.quotes]
        quotes += [self.praise] if self.praise else []
        waiting, changes = (wait.item for wait in self.waiting), (change.item for change in self.changes[:CHANGES])
        return (*quotes, *waiting, *changes, *self.permitted)

    @property
    def named(self) -> dict[int, str]:
        """The names of the people who take care of something in it, by member id."""
        lines: tuple[Wait | Topic, ...] = (*self.waiting, *self.topics)
        return {line.person: line.owner for line in lines if line.person is not None and line.owner}

    def may_quote(self, item: Feedback) -> bool:
        """Whether an item's text can be shown without revealing a nameless author."""
        part = next((part for part in self.areas if part.area == item.area), None)
        return quotable(item, part.count.people, part.unsigned) if part else quotable(item, 0)
