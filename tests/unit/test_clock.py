"""Clocks: aware, in UTC, and the demo's never goes back."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock, MovableClock, SystemClock
from tests.clock import WEDNESDAY, StillClock

SOON = 0.01


def test_a_clock_tells_an_aware_instant_in_utc() -> None:
    cases: list[Clock] = [SystemClock(), MovableClock(), StillClock()]
    assert [clock for clock in cases if clock.now().tzinfo is not UTC] == []


def test_the_machines_clock_tells_the_present() -> None:
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_demos_clock_jumps_ahead_and_runs_on() -> None:
    clock = MovableClock()
    monday = clock.now() + timedelta(days=5)
    clock.move_to(monday)
    assert timedelta(0) <= clock.now() - monday < timedelta(minutes=1)


def test_the_demos_clock_never_goes_back() -> None:
    clock = MovableClock(timedelta(days=3))
    before = clock.now()
    clock.move_to(before - timedelta(days=2))
    assert clock.now() >= before


async def test_moving_the_demos_clock_wakes_who_waits_each_time() -> None:
    clock = MovableClock()
    for days in (1, 2):
        waiting = asyncio.create_task(clock.moved())
        await asyncio.sleep(0)
        assert not waiting.done()
        clock.move_to(clock.now() + timedelta(days=days))
        await asyncio.wait_for(waiting, 60)


async def test_a_journey_of_the_demos_clock_ends_where_it_was_meant_to() -> None:
    clock = MovableClock()
    monday = clock.now() + timedelta(days=5)
    await clock.travel(monday)
    assert clock.now() >= monday


@pytest.mark.parametrize("clock", [SystemClock(), StillClock()], ids=lambda clock: type(clock).__name__)
async def test_nobody_moves_the_other_clocks(clock: Clock) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(clock.moved(), SOON)


def test_the_tests_clock_moves_when_told() -> None:
    clock = StillClock()
    clock.forward(hours=2)
    assert clock.now() == WEDNESDAY + timedelta(hours=2)
