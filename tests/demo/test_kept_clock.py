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


async def test_what_happens_meanwhile_has_happened_when_the_move_is_told(file: Path) -> None:
    clock, seen = KeptClock(file), []

    async def meanwhile() -> None:
        await asyncio.sleep(0)
        seen.append("story")

    async def timetable() -> None:
        await clock.moved()
        seen.append("digest")

    clock.meanwhile = meanwhile
    waiting = asyncio.create_task(timetable())
    await asyncio.sleep(0)
    clock.move_to(in_days(1))
    await waiting
    assert seen == ["story", "digest"]


async def test_a_store_that_fails_meanwhile_does_not_stop_the_clock(file: Path) -> None:
    clock = KeptClock(file)

    async def full() -> None:
        raise StoreError("The disk is full: make room.")

    clock.meanwhile = full
    clock.move_to(in_days(1))
    await asyncio.wait_for(clock.moved(), 60)


def _unplugged(_: int) -> None:
    raise OSError(5, "Input/output error")
