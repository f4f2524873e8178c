"""Sixty ordinary days alarm nobody, and bursts of 15 to 30 people are found within minutes, each in one message.

On the sentences of CLINC150 (PORTEVOIX_DATA, or ../shared/data), by words and by meaning. A burst is of one intent:
what people say there is much less alike than when a service is down, so that not all of it is found.
"""

import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import pytest
from sqlmodel import Session, col, select

from bot.features.alerts.naming import name
from bot.features.alerts.posting import Poster
from bot.features.alerts.shifts import DailyLook
from bot.features.alerts.watch import Watch
from bot.operations.assembly import open_core
from bot.settings.config import Settings
from storage.items.signals import alert_posts, alerts
from storage.models import Alert
from storage.people import communities
from storage.vocabulary import Audience, Kind
from tests import meaning
from tests.clock import StillClock
from tests.features.cards.board import FakeBoard
from tests.stage import PLATFORM
from tests.storage import rows

DATA = Path(os.environ.get("PORTEVOIX_DATA", Path(__file__).parents[4] / "shared" / "data"))
HELD_BACK = 30
"""Sentences of each intent that are of bursts alone."""
HISTORY, CALM, BURSTS = 28, 60, 20
A_DAY = 40
"""Items of an ordinary day."""
PEOPLE = 400
SEED = 20_261_129
MINUTES = 3

pytestmark = pytest.mark.skipif(not (DATA / "clinc150_train_val.json").exists(), reason="needs CLINC150")


@dataclass
class Town:
    """A community whose people write about 150 things, and what the watch makes of it."""

    watch: Watch
    daily: DailyLook
    poster: Poster
    board: FakeBoard
    clock: StillClock
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    intents: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for text, intent in json.loads((DATA / "clinc150_train_val.json").read_text("utf-8"))["train"]:
            found[intent].append(text)
        for intent in sorted(found):
            self.chance.shuffle(found[intent])
        self.intents = {intent: found[intent] for intent in sorted(found)}

    async def write(self, said: list[tuple[datetime, str, str]]) -> None:
        """Let people have written texts at these times."""

        def job(session: Session) -> None:
            home = communities.every(session)[0]
            for at, who, text in said:
                kind = self.chance.choice([Kind.PROBLEM, Kind.PROBLEM, Kind.SUGGESTION])
                author = rows.person(session, who)
                rows.item(session, home, author, text=text, kind=kind, audience=Audience.TEAM, created_at=at)

        await self.watch._core.store.write(job)

    def ordinary(self, since: datetime, span: timedelta) -> list[tuple[datetime, str, str]]:
        """What is written anyway in a span."""
        number = sum(self.chance.random() < 1 / 50 for _ in range(round(50 * A_DAY * (span / timedelta(days=1)))))
        times = sorted(since + self.chance.random() * span for _ in range(number))
        return [(at, f"Person {self.chance.randrange(PEOPLE)}", self._anything()) for at in times]

    def _anything(self) -> str:
        texts = self.chance.choice(list(self.intents.values()))
        return self.chance.choice(texts[HELD_BACK:])

    async def live(self, span: timedelta, every: timedelta) -> None:
        """Let ordinary time pass, and the watch look."""
        end = self.clock.now() + span
        while self.clock.now() < end:
            now = self.clock.now()
            await self.write(self.ordinary(now, every))
            await self.look(every)

    async def look(self, later: timedelta) -> None:
        self.clock.time += later
        await self.watch.look()
        await self.daily.look()
        await self.poster.look()

    @property
    def posted(self) -> int:
        return sum(name == "post" for name, _ in self.board.calls)

    async def burst(self) -> tuple[int, float | None, int]:
        """Let 15 to 30 people write about one thing within two hours.

        Returns:
            How many they are, the minutes from the fifteenth to the first message (None for none), and the messages.
        """
        number, before = self.chance.randint(15, 30), self.posted
        texts = self.chance.choice(list(self.intents.values()))[:HELD_BACK]
        start = self.clock.now()
        times = sorted(start + self.chance.random() * timedelta(hours=2) for _ in range(number))
        told: float | None = None
        written = 0
        while self.clock.now() < start + timedelta(hours=3):
            until = self.clock.now() + timedelta(minutes=MINUTES)
            some = [(at, f"Burst {own}", texts[own]) for own, at in enumerate(times) if own >= written and at < until]
            written += len(some)
            await self.write([*some, *self.ordinary(self.clock.now(), timedelta(minutes=MINUTES))])
            await self.look(timedelta(minutes=MINUTES))
            if told is None and self.posted > before:
                told = (self.clock.now() - times[14]) / timedelta(minutes=1)
        await self.live(timedelta(hours=45), timedelta(hours=3))
        await self.report(start, texts)
        return number, told, self.posted - before

    async def report(self, since: datetime, texts: list[str]) -> None:
        """Print what was alerted since an instant: what it is about, how many of it are of the burst, and when."""

        def job(session: Session) -> None:
            home = communities.every(session)[0]
            for alert in session.exec(select(Alert).where(Alert.opened_at >= since).order_by(col(Alert.id))):
                items = alerts.shown(session, alert.id)
                told = len(alert_posts.of_alert(session, alert.id))
                own = sum(item.text in texts for item in items)
                label = name(session, self.watch._core, home, alert)
                after = (alert.opened_at - since) / timedelta(minutes=1)
                sys.stdout.write(
                    f"\n{alert.alarm} {label!r}, kind {alert.kind}: {alert.people} people, {own} of {len(items)} of "
                    f"the burst of {texts[0]!r}, after {after:.0f} min, told {told}"
                )
                if not own:
                    sys.stdout.write("".join(f"\n    {item.kind} {item.text}" for item in items))

        await self.watch._core.store.read(job)


@pytest.fixture(params=["lexical", "bundled"])
async def town(
    request: pytest.FixtureRequest, settings: Settings, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    if request.param == "bundled":
        meaning.use(monkeypatch)
    core = await open_core(settings.model_copy(update={"encoder": request.param}), clock)
    board = FakeBoard()
    made = Town(Watch(core), DailyLook(core), Poster(core, {PLATFORM: board}), board, clock)
    since = clock.now() - timedelta(days=HISTORY)
    for day in range(HISTORY):
        await made.write(made.ordinary(since + timedelta(days=day), timedelta(days=1)))
    yield made
    core.store.close()


async def test_sixty_ordinary_days_alarm_nobody(town: Town) -> None:
    await town.live(timedelta(days=CALM), timedelta(hours=1))
    sys.stdout.write(f"\n{CALM} days of {A_DAY} items: {town.posted} alerts\n")
    assert town.posted <= 1


async def test_bursts_are_found_within_minutes_each_in_one_message(town: Town) -> None:
    found = [await town.burst() for _ in range(BURSTS)]
    late = [minutes for _, minutes, _ in found if minutes is not None]
    messages = sum(number for *_, number in found)
    sys.stdout.write(
        f"\n{len(late)} of {BURSTS} bursts found; minutes after the 15th: median {median(late):.0f}, "
        f"most {max(late):.0f}; messages: {messages}; {found}\n"
    )
    assert len(late) >= 0.9 * BURSTS
    assert sum(minutes <= 5 for minutes in late) >= 0.8 * BURSTS
    assert max(number for *_, number in found) <= 1
