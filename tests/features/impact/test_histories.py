"""Months that went by at random: the figures are those of a record kept beside, and of the exported rows."""

import io
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.impact import table
from bot.impact.figures import ENDED, Key
from bot.impact.period import read as read_period
from bot.impact.report import Report, read
from bot.impact.rows import DECIDED
from bot.settings.community.impact import ImpactSettings
from storage.items import feedback
from storage.models import Feedback
from storage.people import communities, members
from storage.vocabulary import CLOSED, STATUSES, Audience, Kind, Status
from tests.features.impact.recount import differing
from tests.features.impact.recount import read as read_table

PARIS = ZoneInfo("Europe/Paris")
EDGES = [datetime(2025, month, 1, tzinfo=PARIS).astimezone(UTC) for month in range(1, 9)]
"""The first instants of months, in UTC."""
NOW = datetime(2026, 3, 4, tzinfo=UTC)


@dataclass
class Life:
    """An item as it was lived, kept apart from the database."""

    kind: Kind
    who: str
    at: datetime
    turns: list[tuple[datetime, Status]] = field(default_factory=list)

    @property
    def status(self) -> Status:
        return self.turns[-1][1] if self.turns else Status.RECEIVED


def live(session: Session, core: Core, chance: Random) -> list[Life]:
    """Months of items and decisions; some on the very edge of a month."""
    lives = []
    for _ in range(60):
        at = moment(chance, EDGES[0])
        life = Life(chance.choice(list(Kind)), f"{chance.choice(['named', 'nameless'])} {chance.randrange(6)}", at)
        item = feedback.add(session, written(session, core, life))
        for _ in range(chance.randrange(4)):
            at = moment(chance, at)
            status = chance.choice([one for one in STATUSES[life.kind] if one not in (Status.JOINED, Status.WITHDRAWN)])
            feedback.change_status(session, item, status, None, "", at)
            life.turns.append((at, status))
        lives.append(life)
    return lives


def moment(chance: Random, since: datetime) -> datetime:
    edges = [edge - timedelta(microseconds=chance.randrange(2)) for edge in EDGES if edge > since + timedelta(days=1)]
    if edges and chance.random() < 0.2:
        return chance.choice(edges)
    return since + timedelta(seconds=chance.randrange(1, 40 * 86_400))


def written(session: Session, core: Core, life: Life) -> Feedback:
    (community,), named = communities.every(session), life.who.startswith("named")
    author = members.resolve_id(session, "bare", life.who, life.who, life.at.date())
    return Feedback(
        community_id=community.id,
        kind=life.kind,
        audience=Audience.TEAM,
        nameless=not named,
        language="en",
        text="Words",
        author_id=author if named else None,
        author_hash=None if named else core.store.keys.mark(community.id, author),
        created_at=life.at,
        changed_at=life.at,
    )


def expected(lives: list[Life], since: datetime, until: datetime) -> dict[Key, float | None]:
    def within(at: datetime) -> bool:
        return since <= at < until

    filed = [one for one in lives if within(one.at)]
    items = [one for one in lives if one.kind is not Kind.PRAISE]
    waits: dict[Key, list[float]] = defaultdict(list)
    ended = []
    for one in items:
        for key, turns in (
            (Key.WORD, one.turns),
            (Key.DECISION, [turn for turn in one.turns if turn[1] in DECIDED]),
        ):
            if turns and within(turns[0][0]):
                waits[key].append((turns[0][0] - one.at).total_seconds() / 3600)
        last = [status for at, status in one.turns if within(at)][-1:]
        ended += [status for status in last if one.kind is Kind.SUGGESTION and status in ENDED]
    return {
        Key.HEARD: len({one.who for one in filed}),
        Key.WORD: median(waits[Key.WORD]) if waits[Key.WORD] else None,
        Key.DECISION: median(waits[Key.DECISION]) if waits[Key.DECISION] else None,
        Key.IDEAS: ended.count(Status.DONE) / len(ended) if ended else None,
        Key.CLOSURE: sum(one.status in CLOSED for one in filed) / len(filed) if filed else None,
    }


def looked_at(session: Session, month: date) -> Report:
    (community,) = communities.every(session)
    return read(session, community, read_period(f"{month:%Y-%m}", NOW.date()), ImpactSettings(), NOW, 30)


@pytest.fixture
def seeds() -> range:
    """`make endurance` lives more of them."""
    return range(1)


async def test_what_was_lived_is_what_is_counted(core: Core, seeds: range) -> None:
    lives: list[Life] = []
    for seed in seeds:
        lives += await core.store.write(partial(live, core=core, chance=Random(seed)))  # noqa: S311 - no secret
    for since, until in pairwise(EDGES):
        found = await core.store.read(partial(looked_at, month=since.astimezone(PARIS).date()))
        for key, value in expected(lives, since, until).items():
            assert found.figures[key].value == value or abs((found.figures[key].value or 0) - (value or 0)) < 0.001, key
        out = io.StringIO()
        table.write(found, out)
        assert differing(read_table(io.StringIO(out.getvalue()))) == {}
