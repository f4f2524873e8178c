"""What a watch compares: the items and questions of the last day, of current alerts, and of earlier days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.feedback.telling.occasions import Occasion
from bot.language.text.normalise import has_words
from bot.themes.survey import draw
from storage.items.signals import alerts, watched
from storage.items.signals.watched import Filed
from storage.models import Alert
from storage.values import frozen

DAY = timedelta(days=1)
DAYS = 28
"""The number of earlier days that the last day is compared with."""
MOST, MOST_BY_WORDS = 4_000, 2_000
"""The largest number of a day's items to compare: by an encoder's vectors, and by words, which cost more."""
PAST = 1.5
"""The largest number of earlier items to compare, drawn by chance, as a multiple of those."""
MOST_OWN = 200
"""The largest number of an alert's items to compare."""
KEPT = timedelta(hours=1)
"""How long the items of earlier days are kept in memory."""


@frozen
class Known:
    """A current alert, with those of its items that the team sees, the most central first."""

    alert: Alert
    items: tuple[Filed, ...]


@frozen
class Scene:
    """The items of the last day and of the current alerts.

    Attributes:
        items: those of the last day, then older ones of alerts; their index is their row.
        day: the number of those of the last day.
        fresh: the rows of the last day that no look has seen before.
        latest: the id of the newest alert, by which one stored meanwhile is noticed; 0 for none.
    """

    items: tuple[Filed, ...]
    day: int
    fresh: frozenset[int]
    known: tuple[Known, ...]
    latest: int


@frozen
class Past:
    """The items of earlier days.

    Attributes:
        items: a random sample of them.
        until: the end of these days.
        share: the number of items that each in the sample stands for, at least 1.
        days: the number of whole days since the community's first item, at most `DAYS`.
    """

    items: tuple[Filed, ...]
    until: datetime
    share: float
    days: int

    def count(self, items: Iterable[Filed]) -> list[int]:
        """The estimated number of distinct people a day who wrote these items of the sample, the oldest day first."""
        voices: list[set[int | str]] = [set() for _ in range(self.days)]
        for item in items:
            day = (self.until - item.created_at) // DAY
            if 0 <= day < self.days and item.voice is not None:
                voices[day].add(item.voice)
        return [round(len(day) * self.share) for day in reversed(voices)]


@dataclass(slots=True)
class Memory:
    """What a watch remembers of a community between two looks; without it, the next look takes longer.

    Attributes:
        looked: when the last look was.
        began: when the first look was.
        sign: a fingerprint of the last day's items, by which a look without news is skipped.
        seen: the ids of the items of the last look's day.
        noticed: when nameless items were first seen, by id, as only their day is stored.
        vectors: the stored vectors, by item id.
    """

    looked: datetime | None = None
    began: datetime | None = None
    sign: tuple[int, ...] = ()
    seen: set[int] | None = None
    noticed: dict[int, datetime] = field(default_factory=dict)
    vectors: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    past: Past | None = None

    def when(self, item: Filed, *, goes_on: bool) -> datetime | None:
        """When an item was filed; of a nameless one, when it was first seen; None if that was before the first look.

        Args:
            goes_on: whether it belongs to an open alert: then the time of the first look is taken instead of None, so
                that no alert ends because of a restart.
        """
        if not item.nameless:
            return item.created_at
        return self.noticed.get(item.id, self.began if goes_on else None)

    def note(self, scene: Scene, now: datetime) -> None:
        """Remember the items of a scene as seen."""
        fresh, first = {scene.items[row].id: scene.items[row] for row in scene.fresh}, self.seen is None
        there = {item.id for item in scene.items}
        self.noticed = {own: at for own, at in self.noticed.items() if own in there}
        if first:
            self.began = now
        else:
            self.noticed |= {own: now for own, item in fresh.items() if item.nameless}
        self.seen = {item.id for item in scene.items[: scene.day]}

    def forget(self, keep: Sequence[Filed]) -> None:
        """Forget the vectors of all items but these and those of earlier days."""
        wanted = {item.id for item in keep} | {item.id for item in (self.past.items if self.past else ())}
        self.vectors = {own: row for own, row in self.vectors.items() if own in wanted}


def read(session: Session, at: Occasion, memory: Memory, most: int) -> Scene | None:
    """Read what is to be compared; None where nothing is new and no alert is open.

    Args:
        most: the largest number of the last day's items.
    """
    own, since = at.community.id, at.now - DAY
    current = alerts.current(session, own)
    sign = watched.sign(session, own, since)
    if sign == memory.sign and not any(alert.over_at is None and alert.dismissed_at is None for alert in current):
        return None
    memory.sign = sign
    day = [item for item in watched.lately(session, own, since, most) if has_words(item.text)]
    there = {item.id: item for item in day}
    ids = {alert.id: alerts.items_of(session, alert.id)[:MOST_OWN] for alert in current}
    missing = [one for some in ids.values() for one in some if one not in there]
    older = {item.id: item for item in watched.filed(session, missing) if has_words(item.text)}
    every = {**there, **older}
    known = tuple(Known(one, tuple(every[own] for own in ids[one.id] if own in every)) for one in current)
    fresh = frozenset(row for row, item in enumerate(day) if item.id not in (memory.seen or ()))
    return Scene((*day, *older.values()), len(day), fresh, known, max((one.id for one in current), default=0))


def read_past(session: Session, at: Occasion, memory: Memory, most: int) -> Past:
    """Read the items of earlier days, or take them from memory while they are recent enough.

    Args:
        most: the largest number of the last day's items; `PAST` times as many are drawn.
    """
    if memory.past and timedelta() <= at.now - DAY - memory.past.until < KEPT:
        return memory.past
    until = at.now - DAY
    since = until - DAYS * DAY
    first = watched.first_filed(session, at.community.id, since - DAY)
    days = min(DAYS, (until - first) // DAY) if first and first < until else 0
    ids = watched.ids_between(session, at.community.id, until - days * DAY, until)
    # With answered questions: otherwise the days before would seem to have had fewer, and today's unusual.
    drawn = watched.filed(session, draw(ids, round(PAST * most)), answered=True)
    some = [item for item in drawn if has_words(item.text)]
    memory.past = Past(tuple(some), until, max(1.0, len(ids) / (PAST * most)), days)
    return memory.past


def texts_by_id(items: Iterable[Filed]) -> Mapping[int, str]:
    """The texts of items, by item id."""
    return {item.id: item.text for item in items}


def people(items: Iterable[Filed]) -> int:
    """The number of distinct people who wrote some items; items without a known author count for nobody."""
    return len({item.voice for item in items} - {None})
