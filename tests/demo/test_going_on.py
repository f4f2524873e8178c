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


async def test_next_monday_is_told_as_the_clock_runs_and_posts_exactly_one_digest(
    demo: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = len(await items(demo))
    assert isinstance(demo.clock, StillClock)
    demo.clock.time = NEXT_MONDAY
    await _look_once(demo, monkeypatch)
    assert len(await items(demo)) > known
    # The sample's people wait for no delivery.
    states = await demo.store.read(lambda session: set(session.exec(select(Outbox.state)).all()))
    assert states == {Delivery.SENT}
    assert await Timetable(demo).catch_up() == 1
    assert await Timetable(demo).catch_up() == 0
    assert [one.period for one in await posted(demo)] == ["2026-03-02", "2026-03-09"]
    assert re.findall(r"(\w+) \d+ from \d+ people, unusually many", plain(await newest(demo))) == ["Praise"]


async def _look_once(demo: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what goes on for as long as a demo runs look at the clock once."""
    looked = asyncio.Event()

    async def sleep(_: float) -> None:
        looked.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.demo.replay.asyncio.sleep", sleep)
    replaying = asyncio.create_task(replay_continuously(demo))
    await looked.wait()
    replaying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await replaying


async def test_each_monday_has_something_to_tell_also_after_the_samples_last_week(demo: Core) -> None:
    for number in range(6):
        await move(demo, NEXT_MONDAY + timedelta(weeks=number))
        await Sweep(demo).clear()
        assert await Timetable(demo).catch_up() == 1
        digest = plain(await newest(demo))
        assert "Nothing new this week." not in digest
        found = re.search(r"(\d+) messages, (\d+) people", digest)
        assert found, digest
        assert int(found[1]) >= 8
        assert int(found[2]) >= 8


async def test_the_story_is_told_once_by_several_at_once_and_whatever_was_swept(demo: Core) -> None:
    await Sweep(demo).clear()
    assert isinstance(demo.clock, StillClock)
    demo.clock.time = NEXT_MONDAY
    await asyncio.gather(*(replay_until(demo, NEXT_MONDAY) for _ in range(3)))
    told = await rows(demo)
    await replay_until(demo, NEXT_MONDAY)
    assert await rows(demo) == told
    questions = await demo.store.read(lambda session: session.exec(select(Question.asked_at, Question.text)).all())
    assert len(questions) == len(set(questions))
    for _ in range(2):
        await Sweep(demo).clear()
        await replay_until(demo, NEXT_MONDAY)
    swept = {"inbox": 0, "outbox": 0, "told_month": 0}
    assert {**await rows(demo), **swept} == {**told, **swept}
    assert await Timetable(demo).catch_up() == 1
    assert "18 messages" in plain(await newest(demo))


async def test_the_story_tells_a_visitor_what_it_decides_and_overrules_none_of_their_decisions(
    demo: Core, stage: BareStage
) -> None:
    visitor, number = Person(stage, "camille"), (await item(demo, "half-box")).number
    moderator, charged = Person(stage, "alex", Role.MODERATOR), await item(demo, "paused-yet-charged")
    await visitor.says(f"/follow {number}")
    await moderator.says(f"/queue {charged.number} explained")
    await moderator.says("No room in the shed.")
    await move(demo, NEXT_MONDAY)
    await stage.deliver()
    visitor.hears(f"#{number} is now done", "Le facteur peut revenir")
    assert (await item(demo, "half-box")).status is Status.DONE
    assert (await item(demo, "paused-yet-charged")).status is Status.EXPLAINED


async def test_what_one_of_the_team_planned_another_of_them_does(demo: Core) -> None:
    assert (await item(demo, "hours-on-the-gate")).status is Status.DONE
