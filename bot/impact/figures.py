"""Counts the figures of an impact report from its source rows alone, each with the number of its rows."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from statistics import median

from bot.impact import intervals
from bot.impact.intervals import Interval
from bot.impact.rows import Record, Row, Source
from bot.settings.community.impact import ImpactSettings
from storage.values import frozen
from storage.vocabulary import CLOSED, Kind, Status

ENDED = frozenset({Status.DONE, Status.NOT_PLANNED, Status.EXISTS})
"""The final statuses of an idea; one that is planned is counted when it has one of these."""
MINUTES, SECONDS = 60, 3_600
"""Minutes, and seconds, of an hour."""


class Key(StrEnum):
    """The figures, in the order they are shown."""

    HEARD = "people heard"
    TOLD = "people told"
    ANSWERED = "questions answered without the team"
    ANSWERED_SHARE = "share of questions answered without the team"
    HOURS = "hours saved"
    MONEY = "money saved"
    ANSWER = "median hours to the team's answer to a question"
    WORD = "median hours to the team's first word on feedback"
    DECISION = "median hours to a decision"
    IDEAS = "share of decided ideas that are done"
    CLOSURE = "closure rate"


@frozen
class Figure:
    """A figure.

    Attributes:
        value: a number, a share from 0 to 1, hours, or money; None where there is nothing to count.
        rows: the number of source rows it is counted from.
        part, whole: of a share, its numerator and denominator; else 0.
        interval: the 95 % interval, where there are few rows.
    """

    key: Key
    value: float | None
    rows: int
    part: int = 0
    whole: int = 0
    interval: Interval | None = None


def figures(rows: Sequence[Row], settings: ImpactSettings, *, delivered: bool = True) -> dict[Key, Figure]:
    """The figures, in order; money saved only where a cost is set.

    Args:
        delivered: whether deliveries are still known for any day of the period.
    """
    return {figure.key: figure for figure in _figures(rows, settings, delivered=delivered)}


def _figures(rows: Sequence[Row], settings: ImpactSettings, *, delivered: bool) -> Iterator[Figure]:
    heard, told, asked = (_of(rows, one) for one in (Record.HEARD, Record.TOLD, Record.QUESTION))
    yield Figure(Key.HEARD, _people(heard), len(heard))
    yield Figure(Key.TOLD, _people(told) if delivered else None, len(told))
    answered = len({row.same for row in asked if _by_bot(row)})
    hours = answered * settings.minutes_per_answer / MINUTES
    yield Figure(Key.ANSWERED, answered, len(asked))
    yield _share(Key.ANSWERED_SHARE, answered, len({row.same for row in asked}), len(asked))
    yield Figure(Key.HOURS, hours, len(asked))
    if settings.hourly_cost is not None:
        yield Figure(Key.MONEY, hours * settings.hourly_cost, len(asked))
    for key, record in ((Key.ANSWER, Record.ANSWER), (Key.WORD, Record.WORD), (Key.DECISION, Record.DECISION)):
        yield _median(key, _of(rows, record))
    ideas = [row.status for row in _of(rows, Record.OUTCOME) if row.kind == Kind.SUGGESTION and row.status in ENDED]
    yield _share(Key.IDEAS, ideas.count(Status.DONE), len(ideas), len(ideas))
    filed = [row.status for row in _of(rows, Record.FILED)]
    yield _share(Key.CLOSURE, _among(filed, CLOSED), len(filed), len(filed))


def _of(rows: Iterable[Row], record: Record) -> list[Row]:
    return [row for row in rows if row.record is record]


def _by_bot(row: Row) -> bool:
    return row.by is Source.BOT and row.useful is not False


def _people(rows: Collection[Row]) -> int:
    """The number of distinct people; each row without a number counts as one person."""
    return len({row.person for row in rows} - {None}) + sum(row.person is None for row in rows)


def _among(statuses: Iterable[str], which: Collection[str]) -> int:
    return sum(status in which for status in statuses)


def _share(key: Key, part: int, whole: int, rows: int) -> Figure:
    value = part / whole if whole else None
    return Figure(key, value, rows, part, whole, intervals.of_share(part, whole))


def _median(key: Key, rows: Collection[Row]) -> Figure:
    hours = [(row.seconds or 0) / SECONDS for row in rows]
    return Figure(key, median(hours) if hours else None, len(hours), interval=intervals.of_median(hours))
