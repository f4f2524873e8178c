"""What more people than usual write, day after day, reaches the staff unasked within a week, in one message."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlmodel import Session

from bot.core import Core
from bot.features.alerts.posting import Poster
from bot.features.alerts.shifts import DailyLook
from bot.features.digest.posting.timetable import Timetable
from bot.settings.config import Settings
from storage.items.signals import themes
from storage.models import Feedback
from storage.people import communities
from storage.vocabulary import Audience, Kind
from tests.clock import StillClock
from tests.copies import Job
from tests.features.alerts.conftest import Crisis
from tests.features.cards.board import FakeBoard
from tests.features.routing.conftest import change
from tests.stage import PLATFORM, BareStage, Person
from tests.storage import rows

FIVE = (5, 4, 7, 3, 6, 5, 5)
"""The people of the days of an ordinary week: five on average."""
TEN = (10, 9, 12, 8, 11, 10, 10)


class Town(Crisis):
    """A community whose days are lived one after the other."""

    async def live(self, days: Sequence[int], *, looking: bool = True, **what: object) -> None:
        """Let so many people write on each day; the bot looks on the next one or, if not looking, once a week."""
        length = 1 if looking else 7
        for start in range(0, len(days), length):
            lived = days[start : start + length]
            await fill(self.stage.core, lived, self.clock.now() + timedelta(hours=1), **what)
            await self.look(days=len(lived))

    async def speak(self, language: str) -> None:
        """Let the community speak another language."""
        await self.stage.core.store.write(lambda session: setattr(communities.every(session)[0], "language", language))

    async def look(self, **later: float) -> None:
        self.clock.forward(**later)
        await DailyLook(self.stage.core).catch_up()
        await self.poster.look()


async def fill(core: Core, days: Sequence[int], noon: datetime, **what: object) -> None:
    """Let so many people have written on each day from that of an instant on."""

    def job(session: Session) -> None:
        home = communities.every(session)[0]
        people = [rows.person(session, f"Person {number}").id for number in range(max(days))]
        numbers = iter(communities.take_numbers(session, home.id, sum(days)))
        usual = {"community_id": home.id, "kind": Kind.PROBLEM, "audience": Audience.TEAM, "language": "en"}
        said = [(day, author) for day, many in enumerate(days) for author in people[:many]]
        times = [noon + timedelta(days=day) for day, _ in said]
        values = [
            {**usual, "number": next(numbers), "author_id": author, "text": "So it is", "created_at": at, **what}
            for (_, author), at in zip(said, times, strict=True)
        ]
        session.execute(insert(Feedback), [{**one, "changed_at": one["created_at"]} for one in values])

    await core.store.write(job)


async def ordinary(core: Core) -> None:
    """Let twelve ordinary weeks lie behind it."""
    await fill(core, FIVE * 12, core.clock.now() - timedelta(days=84))


async def rising(core: Core) -> None:
    """Let the next week have twice as many people a day, and each day be looked at."""
    clock = core.clock
    assert isinstance(clock, StillClock)
    for many in TEN:
        await fill(core, [many], clock.now() + timedelta(hours=1))
        clock.forward(days=1)
        await DailyLook(core).catch_up()
    clock.forward(days=-7)


@pytest.fixture
def jobs(request: pytest.FixtureRequest) -> Sequence[Job]:
    """The weeks before are lived once for all tests that begin after them."""
    return [ordinary, rising] if "risen" in request.fixturenames else [ordinary]


@pytest.fixture
async def town(stage: BareStage, clock: StillClock, board: FakeBoard) -> Town:
    return Town(stage, clock, board)


@pytest.fixture
async def risen(town: Town, clock: StillClock) -> Town:
    """A week with twice as many people a day is over, and its alert posted."""
    clock.forward(days=7)
    await town.poster.look()
    return town


async def test_twice_as_many_people_a_day_are_told_within_a_week_once_and_a_lively_day_or_two_are_not(
    town: Town,
) -> None:
    await town.live([12, 10, 5, 4, 6, 30, 5, 4, 6, 5])
    assert town.texts() == []
    await town.live(TEN)
    assert town.text() == (
        "More than usual: problems (updated 11:00)\n"
        "10 people a day since 14 March; usually 5.\n"
        "[I'm on it] [False alarm]\n"
    )
    assert [name for name, _ in town.board.calls].count("post") == 1


async def test_it_follows_the_days_and_says_when_they_are_as_usual_again(risen: Town) -> None:
    town = risen
    await town.live([14] * 7, looking=False)
    assert "12 people a day since 4 March; usually 5." in town.text()
    # In French it says the same.
    await town.speak("fr")
    await town.look(minutes=2)
    assert town.text().replace("\u202f", " ").replace("\xa0", " ") == (
        "Plus que d’ordinaire : problèmes (mis à jour à 11:02)\n"
        "12 personnes par jour depuis le 4 mars ; d’ordinaire 5.\n"
        "[Je m’en occupe] [Fausse alerte]\n"
    )
    await town.speak("en")
    await town.live([4, 5, 6, 5, 4, 6])
    assert town.text() == "More than usual: problems\nAs usual again · 10 people a day, 20 days.\n"
    await town.live([5, 4, 7, 3, 6, 5])
    assert [name for name, _ in town.board.calls].count("post") == 1
    await town.live(TEN[:5])
    assert len(town.texts()) == 2


async def test_what_lasts_becomes_usual_and_is_not_told_again(risen: Town) -> None:
    town = risen
    await town.live(TEN * 3, looking=False)
    assert town.text() == "More than usual: problems\nAfter 4 weeks, so many are usual now.\n"
    await town.live(TEN * 4, looking=False)
    await town.live(TEN[:3])
    assert len(town.texts()) == 1


async def test_a_false_alarm_is_counted_and_so_many_count_as_usual(risen: Town, alex: Person) -> None:
    town = risen
    town.show()
    await alex.presses("I'm on it")
    alex.hears("On it: alex.")
    await alex.presses("False alarm")
    alex.hears("False alarm: problems", "From its first day on, so many count as usual.")
    await town.live(TEN * 2, looking=False)
    await town.watch.catch_up()
    await town.live(TEN[:3])
    assert len(town.texts()) == 1
    await alex.says("/pulse")
    alex.hears("1 false alarm in 90 days.")


async def test_what_rises_in_an_area_is_told_of_the_area_and_not_of_its_kind_again(town: Town) -> None:
    await fill(town.stage.core, (3, 1, 2, 4, 2, 3, 2) * 12, town.clock.now() - timedelta(days=84), area="Delivery")
    await town.live((8, 9, 7, 8, 10, 8, 9), looking=False, area="Delivery")
    assert town.text().startswith("More than usual: Delivery")


async def test_of_what_most_speak_of_is_named_and_quoted(town: Town) -> None:
    await town.live(TEN[:2])

    def belong(session: Session) -> None:
        home = communities.every(session)[0]
        theme = themes.begin(session, home.id, town.clock.now())
        items = [
            rows.item(
                session,
                home,
                rows.person(session, f"Person {at}"),
                text=f"The gate code does not work, gate {at}",
                kind=Kind.PROBLEM,
                created_at=town.clock.now(),
            )
            for at in range(6)
        ]
        themes.belong(session, {item.id: theme for item in items})

    await town.stage.core.store.write(belong)
    await town.live(TEN[2:])
    text = town.text()
    assert "Most about “Gate code does not work”." in text
    assert "> The gate code does not work" in text
    assert "[Known issue: tell people]" in text


async def test_it_looks_from_ten_on_and_several_processes_tell_once(town: Town) -> None:
    await fill(town.stage.core, TEN, town.clock.now() + timedelta(hours=1))
    await town.look(days=7, hours=-2)
    assert town.texts() == []
    town.clock.forward(hours=1)
    for _ in range(2):
        await asyncio.gather(*(DailyLook(town.stage.core).look() for _ in range(3)))
        await asyncio.gather(*(Poster(town.stage.core, {PLATFORM: town.board}).look() for _ in range(3)))
    assert "10 people a day" in town.text()


async def test_what_the_last_digest_said_is_not_said_again(town: Town) -> None:
    # Many on Saturday and Sunday: two days are no shift, but Monday's digest tells of them.
    await town.live([5, 4, 7, 24, 26])
    assert await Timetable(town.stage.core).catch_up() == 1
    await town.stage.deliver()
    assert "Problems 76 from 26 people, unusually many" in town.stage.staff()[-1]
    await town.live([10, 9, 12, 8])
    assert town.texts() == []


class TestAtQuietHours:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return change(settings, alerts={"quiet": "22:00-12:00"})

    async def test_it_waits(self, town: Town) -> None:
        await town.live(TEN, looking=False)
        assert town.texts() == []
        await town.look(hours=1, minutes=1)
        assert "10 people a day" in town.text()
