"""A disk with little room: the log and the staff are told once, and again when it got low anew."""

from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.core import Core
from bot.operations import room
from bot.operations.room import Room, RoomWatch
from storage.engine.errors import StoreFull
from tests.clock import StillClock
from tests.stage import BareStage

GB = 1_000_000_000
WORDS = "The disk of this bot is nearly full."


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    with capture_logs() as entries:
        yield entries


def free(monkeypatch: pytest.MonkeyPatch, gigabytes: float, total: float = 15) -> None:
    monkeypatch.setattr(room, "measure", lambda _: Room(int(gigabytes * GB), int(total * GB)))


def test_a_gigabyte_or_a_twentieth_has_to_be_free() -> None:
    cases: list[tuple[float, float, bool]] = [(0.9, 10, True), (1.1, 10, False), (4.9, 100, True), (5.1, 100, False)]
    assert [
        (gigabytes, total, Room(int(gigabytes * GB), int(total * GB)).is_below()) for gigabytes, total, _ in cases
    ] == cases


async def test_staff_and_log_are_told_once_each_time_it_gets_low(
    stage: BareStage, core: Core, clock: StillClock, monkeypatch: pytest.MonkeyPatch, log: list[Any]
) -> None:
    watch = RoomWatch(core)
    for gigabytes in (2, 0.9, 0.8, 1.1, 0.9):
        free(monkeypatch, gigabytes)
        await watch.look()
    await RoomWatch(core).look()
    await stage.deliver()
    assert [WORDS in told for told in stage.staff()] == [True], "a disk about the mark, and a restart, are not told"
    clock.forward(days=1)
    for gigabytes in (5, 0.5):
        free(monkeypatch, gigabytes)
        await watch.look()
    await stage.deliver()
    assert [WORDS in told for told in stage.staff()] == [True, True]
    assert [one["event"] for one in log if one["log_level"] == "warning"] == ["disk"] * 3, "a new start says it again"


async def test_a_disk_that_takes_no_warning_is_told_in_the_log_and_the_staff_when_it_can_be(
    stage: BareStage, core: Core, monkeypatch: pytest.MonkeyPatch, log: list[Any]
) -> None:
    async def refuse(_: Any) -> None:
        raise StoreFull("The disk is full: make room where the database lives.")

    watch = RoomWatch(core)
    free(monkeypatch, 0)
    with monkeypatch.context() as patch:
        patch.setattr(core.store, "write", refuse)
        with pytest.raises(StoreFull):
            await watch.look()
    assert [one["mend"] for one in log if one["event"] == "disk"] == [room.MEND]
    await watch.look()
    await stage.deliver()
    assert WORDS in stage.staff()[-1]
