"""Where alerts are posted, when they are not, and that several processes post one."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.features.alerts.posting import Poster
from bot.features.alerts.watch import Watch
from bot.ports.adapter import TryLater
from bot.settings.community.routes import RouteSettings
from bot.settings.config import Settings
from bot.settings.values import StaffPlace
from storage.vocabulary import Urgency
from tests.features.alerts.conftest import MANY, Crisis
from tests.features.routing.conftest import change
from tests.stage import PLATFORM

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    shop = RouteSettings(area="Shop", staff=StaffPlace(platform=PLATFORM, place="desk"), team="Shop desk")
    quiet = {"quiet": "22:00-07:00"}
    return change(settings, areas=("Shop", "Delivery"), routes=(shop.model_dump(),), alerts=quiet)


async def test_it_stands_in_the_staff_place_and_in_its_area_s_and_one_that_was_deleted_stays_away(
    crisis: Crisis,
) -> None:
    await crisis.write(MANY, area="Shop")
    await crisis.look(minutes=3)
    assert "16 people" in crisis.text("staff")
    assert "16 people" in crisis.text("desk")
    crisis.board.stands["staff"].clear()
    for number in range(2):
        await crisis.write(MANY[:2], who=f"Later {number}", area="Shop")
        await crisis.look(minutes=3)
    assert crisis.texts("staff") == []
    assert "20 people" in crisis.text("desk")


async def test_at_night_it_waits_for_the_morning(crisis: Crisis) -> None:
    crisis.clock.time = datetime(2026, 3, 5, 6, 0, tzinfo=PARIS)
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    assert crisis.texts() == []
    await crisis.look(minutes=58)
    assert "16 people since 06:00" in crisis.text()


async def test_what_is_over_by_the_morning_is_not_told_and_what_is_severe_is_at_night(crisis: Crisis) -> None:
    crisis.clock.time = datetime(2026, 3, 4, 23, 0, tzinfo=PARIS)
    await crisis.write(MANY)
    await crisis.look(minutes=3)
    await crisis.look(hours=4)
    await crisis.look(hours=5)
    assert crisis.texts() == []
    await crisis.look(hours=15)
    await crisis.write(MANY, who="Another", urgency=Urgency.SEVERE)
    await crisis.look(minutes=3)
    assert "16 people" in crisis.text()


async def test_several_looks_at_once_post_one_and_a_place_that_refuses_is_tried_again(crisis: Crisis) -> None:
    await crisis.write(MANY)
    crisis.clock.forward(minutes=3)
    core = crisis.stage.core
    await asyncio.gather(*(Watch(core).look() for _ in range(3)))
    crisis.board.refusal = TryLater("slow down", 30.0)
    await crisis.poster.look()
    assert crisis.texts() == []
    crisis.board.refusal = None
    crisis.board.calls.clear()
    crisis.clock.forward(minutes=1)
    await asyncio.gather(*(Poster(core, {PLATFORM: crisis.board}).look() for _ in range(3)))
    assert [name for name, _ in crisis.board.calls] == ["post"]
    assert "16 people" in crisis.text()
