"""The clock is moved: the story goes on, visitors hear of it, the next digest comes."""

import re
from datetime import timedelta

from sqlmodel import select

from bot.core import Core
from bot.features.digest.timetable import Timetable
from bot.ports.inbound import Role
from bot.ports.plain import plain
from storage.models import Outbox
from storage.vocabulary import Delivery, Status
from tests.demo.scene import NEXT_MONDAY, item, items, move, newest, posted
from tests.stage import BareStage, Person


async def test_next_monday_tells_the_week_and_posts_exactly_one_digest(demo: Core) -> None:
    known = len(await items(demo))
    await move(demo, NEXT_MONDAY)
    assert len(await items(demo)) > known
    assert await Timetable(demo).catch_up() == 1
    assert await Timetable(demo).catch_up() == 0
    assert [one.period for one in await posted(demo)] == ["2026-03-02", "2026-03-09"]
    assert re.findall(r"(\w+) \d+ \(.*\) SIGNAL", plain(await newest(demo))) == ["Thanks"]


async def test_weeks_later_the_story_is_over_and_the_digest_is_calm(demo: Core) -> None:
    await move(demo, NEXT_MONDAY + timedelta(weeks=6))
    await Timetable(demo).catch_up()
    assert "Nothing new this week." in plain(await newest(demo))


async def test_a_visitor_hears_what_becomes_of_what_they_support(demo: Core, stage: BareStage) -> None:
    visitor, number = Person(stage, "camille"), (await item(demo, "half-box")).number
    await visitor.says(f"/follow {number}")
    await move(demo, NEXT_MONDAY)
    await stage.deliver()
    visitor.hears(f"#{number} is now done", "Le facteur peut revenir")


async def test_the_sample_people_wait_for_no_delivery(demo: Core) -> None:
    await move(demo, NEXT_MONDAY)
    states = await demo.store.read(lambda session: set(session.exec(select(Outbox.state)).all()))
    assert states == {Delivery.SENT}


async def test_the_story_does_not_overrule_a_visitors_decision(demo: Core, stage: BareStage) -> None:
    moderator, half_box = Person(stage, "alex", Role.MODERATOR), await item(demo, "half-box")
    await moderator.says(f"/queue {half_box.number} not_planned")
    await moderator.says("No room in the shed.")
    await move(demo, NEXT_MONDAY)
    assert (await item(demo, "half-box")).status is Status.NOT_PLANNED
    assert (await item(demo, "paused-yet-charged")).status is Status.RESOLVED
