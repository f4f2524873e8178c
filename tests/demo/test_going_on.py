"""The clock is moved: the story goes on, visitors hear of it, the next digest comes."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.core import Core
from bot.demo.replay import replay_continuously, replay_until
from bot.features.digest.posting.timetable import Timetable
from bot.ports.inbound import Role
from bot.ports.plain import plain
from bot.privacy.retention import Sweep
from storage.models import Outbox, Question
from storage.vocabulary import Delivery, Status
from tests.clock import StillClock
from tests.demo.scene import NEXT_MONDAY, item, items, move, newest, posted, rows
from tests.stage import BareStage, Person


async def test_next_monday_tells_the_week_and_posts_exactly_one_digest(demo: Core) -> None:
    known = len(await items(demo))
    await move(demo, NEXT_MONDAY)
    assert len(await items(demo)) > known
    assert await Timetable(demo).catch_up() == 1
    assert await Timetable(demo).catch_up() == 0
    assert [one.period for one in await posted(demo)] == ["2026-03-02", "2026-03-09"]
    assert re.findall(r"(\w+) \d+ from \d+ people, unusually many", plain(await newest(demo))) == ["Praise"]


async def test_each_monday_has_something_to_tell_also_after_the_samples_last_week(demo: Core) -> None:
    for number in range(9):
        await move(demo, NEXT_MONDAY + timedelta(weeks=number))
        await Sweep(demo).clear()
        assert await Timetable(demo).catch_up() == 1
        digest = plain(await newest(demo))
        assert "Nothing new this week." not in digest
        found = re.search(r"(\d+) messages, (\d+) people", digest)
        assert found, digest
        assert int(found[1]) >= 8
        assert int(found[2]) >= 8


async def test_what_happens_is_told_as_the_clock_runs(demo: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    known, looked = len(await items(demo)), asyncio.Event()

    async def sleep(_: float) -> None:
        looked.set()
        await asyncio.Event().wait()

    assert isinstance(demo.clock, StillClock)
    demo.clock.time = NEXT_MONDAY
    monkeypatch.setattr("bot.demo.replay.asyncio.sleep", sleep)
    replaying = asyncio.create_task(replay_continuously(demo))
    await looked.wait()
    assert len(await items(demo)) > known
    replaying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await replaying


async def test_two_who_tell_at_once_tell_it_once(demo: Core) -> None:
    await asyncio.gather(*(replay_until(demo, NEXT_MONDAY) for _ in range(3)))
    told = await rows(demo)
    await replay_until(demo, NEXT_MONDAY)
    assert await rows(demo) == told
    questions = await demo.store.read(lambda session: session.exec(select(Question.asked_at, Question.text)).all())
    assert len(questions) == len(set(questions))


async def test_the_story_is_told_once_whatever_was_swept(demo: Core) -> None:
    await Sweep(demo).clear()
    await move(demo, NEXT_MONDAY)
    told = await rows(demo)
    for _ in range(2):
        await Sweep(demo).clear()
        await move(demo, NEXT_MONDAY)
    swept = {"inbox": 0, "outbox": 0, "told_month": 0}
    assert {**await rows(demo), **swept} == {**told, **swept}
    assert await Timetable(demo).catch_up() == 1
    assert "18 messages" in plain(await newest(demo))


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


async def test_what_one_of_the_team_planned_another_of_them_does(demo: Core) -> None:
    assert (await item(demo, "hours-on-the-gate")).status is Status.DONE
