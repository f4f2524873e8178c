"""The demo's clock: it is where it was after a restart."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.clock import KeptClock
from bot.errors import OperatorError
from storage.engine.errors import StoreError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock.json"


def in_days(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def test_it_starts_with_the_machine(file: Path) -> None:
    assert KeptClock(file).ahead == timedelta()


def test_once_moved_it_is_still_ahead_after_a_restart(file: Path) -> None:
    clock = KeptClock(file)
    clock.move_to(in_days(3))
    assert KeptClock(file).ahead == clock.ahead > timedelta(days=2)


def test_it_never_goes_back(file: Path) -> None:
    clock = KeptClock(file)
    clock.move_to(in_days(3))
    clock.move_to(in_days(1))
    assert KeptClock(file).ahead > timedelta(days=2)


def test_its_file_is_never_half_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = KeptClock(file)
    clock.move_to(in_days(1))
    monkeypatch.setattr("bot.demo.clock.os.fsync", _unplugged)
    clock.move_to(in_days(9))
    assert KeptClock(file).ahead < timedelta(days=2)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"seconds_ahead": "soon"}', '{"seconds_ahead": 1e400}'])
def test_a_spoilt_file_is_refused_with_the_mend(file: Path, content: str) -> None:
    file.write_text(content)
    with pytest.raises(OperatorError, match="remove it"):
        KeptClock(file)


async def test_the_time_jumped_over_has_happened_before_it_moves_and_what_is_due_is_done_after(file: Path) -> None:
    clock, seen = KeptClock(file), []

    async def story(until: datetime) -> None:
        await asyncio.sleep(0)
        seen.append(("story", until > clock.now()))

    async def digest() -> None:
        seen.append(("digest", clock.now() >= monday))

    clock.before, clock.after, monday = story, digest, in_days(1)
    waiting = asyncio.create_task(clock.moved())
    await clock.travel(monday)
    await waiting
    assert seen == [("story", True), ("digest", True)]


async def test_a_fault_on_the_way_leaves_it_where_it_was_and_it_can_be_moved_again(file: Path) -> None:
    clock, disk = KeptClock(file), ["full"]

    async def story(_: datetime) -> None:
        if disk:
            raise StoreError(f"The disk is {disk.pop()}: make room.")

    clock.before = story
    with pytest.raises(StoreError):
        await clock.travel(in_days(1))
    assert clock.ahead == timedelta()
    await clock.travel(in_days(1))
    assert clock.ahead > timedelta(hours=23)


async def test_two_who_move_it_at_once_move_it_one_after_the_other(file: Path) -> None:
    clock, seen = KeptClock(file), []

    async def story(_: datetime) -> None:
        seen.append("story")
        await asyncio.sleep(0)

    async def digest() -> None:
        seen.append("digest")

    clock.before, clock.after = story, digest
    await asyncio.gather(clock.travel(in_days(1)), clock.travel(in_days(1)))
    assert seen == ["story", "digest"] * 2


def _unplugged(_: int) -> None:
    raise OSError(5, "Input/output error")
