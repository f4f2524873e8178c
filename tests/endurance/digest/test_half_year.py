"""Half a year of Mondays: drift does not shout, a crisis is named in its week, and a slow rise is found.

On the sentences of CLINC150 (PORTEVOIX_DATA, or ../shared/data), by words and by meaning. What is written goes through
the real store; the watches and the timetable look as they would, by a played clock.
"""

import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from bot.core import Core
from bot.features.alerts.posting import Poster
from bot.features.alerts.watch import Watch
from bot.features.digest.posting.timetable import Timetable
from bot.operations.assembly import open_core
from bot.ports.plain import plain
from bot.settings.config import Settings
from bot.themes.watch import ThemeWatch
from storage.models import Alert, Community
from storage.people import communities
from storage.reports import digests
from storage.vocabulary import Kind
from tests import meaning
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.stage import PLATFORM
from tests.storage import rows

DATA = Path(os.environ.get("PORTEVOIX_DATA", Path(__file__).parents[4] / "shared" / "data"))
MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Paris"))
"""Nine in Paris, when the digest is due; the first week begins. What is added to it is local time."""
WEEKS, CRISIS, RISE = 26, 20, 10
"""The weeks, the one of the crisis, and the one after which one thing slowly becomes more."""
SLOW, ACUTE = "freeze_account", "card_declined"
"""What becomes more, and what fails one day."""
A_WEEK, DRIFT = 35, 0.4
"""Messages of an ordinary week, and how many more each later week has on average."""
PEOPLE, SEED = 300, 20_261_129

GROWS = re.compile(r"(?i)(freez|froz|block|bank account).*(grows slowly|growing|usually)")
"""A line that says so of what rises slowly."""

pytestmark = pytest.mark.skipif(not (DATA / "clinc150_train_val.json").exists(), reason="needs CLINC150")


@dataclass
class Year:
    """A community whose people write, and what its team is sent."""

    core: Core
    clock: StillClock
    board: FakeBoard
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    intents: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for text, intent in json.loads((DATA / "clinc150_train_val.json").read_text("utf-8"))["train"]:
            found[intent].append(text)
        self.intents = {intent: self.chance.sample(found[intent], len(found[intent])) for intent in sorted(found)}

    async def live(self, week: int) -> str:
        """Let a week pass, and its Monday come; the digest's words."""
        start = MONDAY + timedelta(weeks=week)
        said = [*self._ordinary(week), *self._slow(week), *(self._acute() if week == CRISIS else ())]
        for day in range(7):
            since = start + timedelta(days=day)
            today = [one for one in said if since <= one[0] < since + timedelta(days=1)]
            every = timedelta(minutes=30) if week == CRISIS and day == 2 else timedelta(hours=12)
            await self._day(since, every, today)
        self.clock.time = (start + timedelta(weeks=1, minutes=1)).astimezone(UTC)
        return await self._digest()

    async def _day(self, since: datetime, every: timedelta, said: list[tuple[datetime, str, str]]) -> None:
        watch, poster = Watch(self.core), Poster(self.core, {PLATFORM: self.board})
        self.clock.time = since.astimezone(UTC)
        end = (since + timedelta(days=1)).astimezone(UTC)
        while self.clock.time < end:
            until = min(self.clock.time + every, end)
            await self._write([one for one in said if self.clock.time <= one[0] < until])
            self.clock.time = until
            await watch.look()
            await poster.look()
        await ThemeWatch(self.core).look()

    async def _digest(self) -> str:
        """Post what is due, twice as after a restart, and read it."""
        assert await Timetable(self.core).catch_up() == 1
        assert await Timetable(self.core).catch_up() == 0
        *_, newest = await self.core.store.read(lambda session: digests.archive(session, 1, None))
        return plain(self.core.codec.load(newest.payload))

    async def _write(self, said: list[tuple[datetime, str, str]]) -> None:
        def job(session: Session) -> None:
            home = communities.every(session)[0]
            for at, who, text in said:
                rows.item(session, home, rows.person(session, who), text=text, kind=Kind.PROBLEM, created_at=at)

        await self.core.store.write(job)

    def _ordinary(self, week: int) -> list[tuple[datetime, str, str]]:
        """Everybody about anything; what people speak of changes from half of the things to the other half."""
        number = sum(self.chance.random() < 0.1 for _ in range(10 * round(A_WEEK + DRIFT * week)))
        names = [name for name in self.intents if name not in (SLOW, ACUTE)]
        half = len(names) // 2
        chosen = (names[half:] if self.chance.random() < week / WEEKS else names[:half] for _ in range(number))
        return [self._said(week, self.chance.randrange(7 * 24 * 60), self.chance.choice(some)) for some in chosen]

    def _slow(self, week: int) -> list[tuple[datetime, str, str]]:
        number = 4 + max(0, week - RISE) + self.chance.randint(-1, 1)
        return [self._said(week, self.chance.randrange(7 * 24 * 60), SLOW) for _ in range(number)]

    def _acute(self) -> list[tuple[datetime, str, str]]:
        return [self._said(CRISIS, (2 * 24 + 3) * 60 + self.chance.randrange(240), ACUTE) for _ in range(30)]

    def _said(self, week: int, minute: int, intent: str) -> tuple[datetime, str, str]:
        at = MONDAY + timedelta(weeks=week, minutes=minute)
        return at.astimezone(UTC), f"Person {self.chance.randrange(PEOPLE)}", self.chance.choice(self.intents[intent])


@pytest.fixture(params=["lexical", "bundled"])
async def year(
    request: pytest.FixtureRequest, settings: Settings, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Year]:
    if request.param == "bundled":
        meaning.use(monkeypatch)
    clock.time = MONDAY.astimezone(UTC)
    core = await open_core(settings.model_copy(update={"encoder": request.param}), clock)

    def job(session: Session) -> None:
        for one in session.exec(select(Community)):
            one.created_at = MONDAY.astimezone(UTC)

    await core.store.write(job)
    yield Year(core, clock, FakeBoard())
    core.store.close()


async def test_a_reader_sees_each_monday_what_the_week_was(year: Year) -> None:
    seen = [await year.live(week) for week in range(WEEKS)]
    first = [text.splitlines()[2] for text in seen]
    sys.stdout.writelines(f"\n{week:2} {line}" for week, line in enumerate(first))
    alerts = await year.core.store.read(lambda session: session.exec(select(Alert).order_by(col(Alert.id))).all())
    sys.stdout.write(f"\nalerts: {[(one.opened_at.isoformat(), one.people) for one in alerts]}\n")

    # One a week, and each says something of its own.
    assert len(set(seen)) == WEEKS
    # The crisis is named by its people and what it is about, and told once while it went on.
    assert "Nobody is on it." in first[CRISIS]
    assert {"card", "declined"} & set(re.findall(r"\w+", first[CRISIS].lower()))
    day = MONDAY + timedelta(weeks=CRISIS, days=2)
    assert len([one for one in alerts if day <= one.opened_at < day + timedelta(days=1)]) == 1
    assert sum(name == "post" for name, _ in year.board.calls) == len(alerts) <= 2
    # Ordinary weeks are calm, though there are ever more messages, about ever other things.
    calm = [week for week in range(8, WEEKS) if "A calm week." in first[week]]
    assert set(range(8, RISE)) <= set(calm)
    loud = [
        week for week in range(RISE, WEEKS) if week not in calm and week != CRISIS and not GROWS.search(first[week])
    ]
    assert len(loud) <= 1, [first[week] for week in loud]
    # What rises slowly is said to grow, and not before it does.
    grows = [week for week in range(8, WEEKS) if any(GROWS.search(line) for line in seen[week].splitlines())]
    assert grows
    assert RISE < grows[0] <= RISE + 9
