"""The source rows of an impact report: no names, no words, and numbers for people drawn for one report alone."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from random import SystemRandom

from sqlmodel import Session

from storage.reports import impact, kept
from storage.reports.impact import Asked, Course, Turn, Whom
from storage.values import frozen
from storage.vocabulary import Decision, Kind, Status

DECIDED = frozenset(
    {
        *(Status.PLANNED, Status.IN_PROGRESS, Status.ON_HOLD, Status.DONE, Status.NOT_PLANNED, Status.EXISTS),
        *(Status.HANDLED, Status.RESOLVED, Status.EXPLAINED),
    }
)
"""The statuses that are a decision; under review is not one."""


class Record(StrEnum):
    """What a source row is about."""

    QUESTION = "question"
    """A question put to the bot in the period."""
    ANSWER = "answer"
    """A question that the team answered in the period."""
    FILED = "filed"
    """An item filed in the period, with its status now."""
    OUTCOME = "outcome"
    """An item decided on in the period, with the last decision of the period."""
    WORD = "word"
    """An item about which the team did something for the first time in the period."""
    DECISION = "decision"
    """An item decided on for the first time in the period."""
    HEARD = "heard"
    """A message or question of a person; of somebody without a name, one row for all."""
    TOLD = "told"
    """A message that told somebody what became of an item, and arrived in the period; or, without a person's number, a
    person who was told in one of its months, whose messages are no longer kept."""


class Source(StrEnum):
    """Who answered a question."""

    BOT = "bot"
    TEAM = "team"
    NOBODY = ""


@frozen
class Row:
    """A source row.

    Attributes:
        same: the number of the question, the same where one person asked it in the same words.
        person: the number of the person, drawn by chance for one kind of row of one report; None without a name.
        seconds: how long it took.
    """

    record: Record
    kind: str = ""
    status: str = ""
    decision: str = ""
    useful: bool | None = None
    by: Source = Source.NOBODY
    same: int | None = None
    person: int | None = None
    seconds: int | None = None


@frozen
class Reach:
    """The instants of a period, and since when its deliveries are known, which are kept for some days only.

    Attributes:
        months: the months whose deliveries are gone and of which a count of people is stored.
    """

    since: datetime
    until: datetime
    deliveries_since: datetime
    months: tuple[date, ...] = ()


def read(session: Session, community_id: int, reach: Reach) -> list[Row]:
    """The source rows of a period, by kind and else in random order, so that the order reveals nothing."""
    whole, known = (community_id, reach.since, reach.until), (community_id, reach.deliveries_since, reach.until)
    rows = [
        *_questions(impact.asked(session, *whole)),
        *_filed(impact.filed(session, *whole)),
        *_courses(impact.courses(session, *whole), reach),
        *_people(Record.HEARD, impact.heard(session, *whole)),
    ]
    if reach.deliveries_since < reach.until:
        rows += (Row(Record.ANSWER, seconds=_whole(one)) for one in impact.answer_times(session, *known))
        rows += _people(Record.TOLD, impact.told(session, *known))
        rows += [Row(Record.TOLD)] * kept.told(session, community_id, reach.months)
    chance = SystemRandom()
    chance.shuffle(rows)
    order = {record: place for place, record in enumerate(Record)}
    return sorted(rows, key=lambda row: order[row.record])


def _questions(asked: Iterable[Asked]) -> Iterator[Row]:
    given = list(asked)
    number = _numbers((one.who, one.plain) if one.plain else one.id for one in given)
    for one in given:
        same = number((one.who, one.plain) if one.plain else one.id)
        yield Row(Record.QUESTION, decision=one.decision.value, useful=one.useful, by=_source(one), same=same)


def _source(one: Asked) -> Source:
    if one.decision is not Decision.ANSWER:
        return Source.NOBODY
    return Source.BOT if one.by_bot else Source.TEAM


def _filed(items: Iterable[tuple[Kind, Status]]) -> Iterator[Row]:
    return (Row(Record.FILED, kind=kind.value, status=status.value) for kind, status in items)


def _courses(courses: Iterable[Course], reach: Reach) -> Iterator[Row]:
    for course in courses:
        kind, turns = course.item.kind.value, [turn for turn in course.turns if turn.by_hand]
        decisions = [turn for turn in turns if turn.status in DECIDED]
        # The last word counts: what was reopened again has no outcome.
        last = [turn.status for turn in turns if turn.status and reach.since <= turn.at < reach.until][-1:]
        if last and last[0] in DECIDED:
            yield Row(Record.OUTCOME, kind=kind, status=last[0].value)
        if not course.imported:
            yield from _first(Record.WORD, course, turns, reach)
            yield from _first(Record.DECISION, course, decisions, reach)


def _first(record: Record, course: Course, turns: list[Turn], reach: Reach) -> Iterator[Row]:
    """The row of the first of some turns, if it was in the period."""
    if turns and reach.since <= turns[0].at < reach.until:
        took = (turns[0].at - course.item.created_at).total_seconds()
        yield Row(record, kind=course.item.kind.value, seconds=_whole(took))


def _people(record: Record, people: Iterable[Whom]) -> Iterator[Row]:
    """A row for each of these, with a random number for the person.

    In `HEARD`, rows of people without a name have no number; in `TOLD`, they have one for each item.
    """
    given = [None if record is Record.HEARD and isinstance(one, str) else one for one in people]
    number = _numbers(one for one in given if one is not None)
    yield from (Row(record, person=None if one is None else number(one)) for one in given)


def _numbers(keys: Iterable[Hashable]) -> Callable[[Hashable], int]:
    """A function that gives each key its number, from 1, in random order."""
    distinct = list(dict.fromkeys(keys))
    SystemRandom().shuffle(distinct)
    drawn = {key: number for number, key in enumerate(distinct, 1)}
    return drawn.__getitem__


def _whole(seconds: float) -> int:
    return max(round(seconds), 0)
