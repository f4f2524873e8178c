"""A task that fails is started again; the operator is told once, and once more when it is over."""

import asyncio
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import OperatorError
from bot.operations.supervision import LONGEST_DELAY, STABLE_AFTER, RestartableAdapter, Supervision
from bot.ports.adapter import Address, Offline
from bot.ports.card import Face
from bot.ports.reply import Reply, say
from storage.engine.errors import StoreError

Log = list[MutableMapping[str, Any]]
SECRET = "Camille is paid late"


@dataclass
class Timer:
    """Waits that end when the test says so; those between two starts end at once and are noted."""

    pauses: list[float] = field(default_factory=list)
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    async def sleep(self, seconds: float) -> None:
        if seconds == STABLE_AFTER:
            await self.settled.wait()
        else:
            self.pauses.append(seconds)
            await asyncio.sleep(0)


@dataclass
class Task:
    """Ends as it is told to, one start after another, then runs on."""

    ends: list[BaseException | None]
    starts: int = 0
    running: asyncio.Event = field(default_factory=asyncio.Event)
    stopped: bool = False

    async def run(self) -> None:
        self.starts += 1
        if self.ends:
            end = self.ends.pop(0)
            if end is not None:
                raise end
            return
        self.running.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped = True


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
def log() -> Iterator[Log]:
    with capture_logs() as entries:
        yield entries


async def runs(task: Task, timer: Timer) -> "asyncio.Task[None]":
    """Supervise a task until it runs."""
    supervised = asyncio.create_task(Supervision("outbox", task.run, timer.sleep).run())
    await asyncio.wait([supervised, asyncio.create_task(task.running.wait())], return_when=asyncio.FIRST_COMPLETED)
    assert task.running.is_set()
    return supervised


async def stop(supervised: "asyncio.Task[None]") -> None:
    supervised.cancel()
    with pytest.raises(asyncio.CancelledError):
        await supervised


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(ValueError(SECRET), id="a fault"),
        pytest.param(StoreError("The disk is full: make room."), id="the store"),
        pytest.param(ExceptionGroup("several", [ValueError(SECRET)]), id="several at once"),
        pytest.param(asyncio.CancelledError(), id="a cancellation inside it"),
        pytest.param(None, id="it returns"),
    ],
)
async def test_whatever_ends_a_task_it_is_started_again(end: BaseException | None, timer: Timer, log: Log) -> None:
    task = Task([end])
    supervised = await runs(task, timer)
    assert task.starts == 2
    assert [entry["event"] for entry in log] == ["stopped"]
    assert (log[0]["task"], log[0]["log_level"]) == ("outbox", "error")
    assert log[0]["mend"]
    await stop(supervised)


async def test_each_start_waits_twice_as_long_as_the_one_before_up_to_a_minute(timer: Timer) -> None:
    supervised = await runs(Task([ValueError() for _ in range(9)]), timer)
    assert timer.pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert max(timer.pauses) == LONGEST_DELAY
    await stop(supervised)


async def test_a_fault_that_stays_for_days_is_told_once_and_its_waits_do_not_overflow(timer: Timer, log: Log) -> None:
    supervised = await runs(Task([ValueError() for _ in range(2_000)]), timer)
    assert len(log) == 1
    await stop(supervised)


async def test_another_fault_is_told_as_well(timer: Timer, log: Log) -> None:
    supervised = await runs(Task([ValueError(), KeyError(), ValueError(), KeyError()]), timer)
    assert [entry["error"] for entry in log] == ["ValueError", "KeyError"]
    await stop(supervised)


async def test_a_fault_is_told_by_its_type_and_place_without_its_words(timer: Timer, log: Log) -> None:
    supervised = await runs(Task([ValueError(SECRET)]), timer)
    assert log[0]["error"] == "ValueError"
    assert str(log[0]["frames"]).endswith("run']")
    assert SECRET not in str(log)
    await stop(supervised)


async def test_a_stores_trouble_is_told_with_its_own_mend(timer: Timer, log: Log) -> None:
    supervised = await runs(Task([StoreError("The disk is full: make room.")]), timer)
    assert log == [{"event": "stopped", "task": "outbox", "mend": "The disk is full: make room.", "log_level": "error"}]
    await stop(supervised)


async def test_once_it_has_run_for_a_while_that_is_told_and_the_next_fault_is_a_new_one(timer: Timer, log: Log) -> None:
    broken, again = asyncio.Event(), asyncio.Event()
    task = Task([ValueError(), ValueError()])

    async def work() -> None:
        if not task.ends and not again.is_set():
            await broken.wait()
            again.set()
            raise ValueError
        await task.run()

    supervised = asyncio.create_task(Supervision("outbox", work, timer.sleep).run())
    while len(timer.pauses) < 2:
        await asyncio.sleep(0)
    timer.settled.set()
    while len(log) < 2:
        await asyncio.sleep(0)
    assert log[1] == {"event": "runs again", "task": "outbox", "log_level": "info"}
    timer.settled.clear()
    broken.set()
    await task.running.wait()
    assert [entry["event"] for entry in log] == ["stopped", "runs again", "stopped"]
    assert timer.pauses == [1, 2, 1]
    await stop(supervised)


async def test_a_task_that_never_failed_is_not_told_of(timer: Timer, log: Log) -> None:
    supervised = await runs(Task([]), timer)
    timer.settled.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert log == []
    await stop(supervised)


async def test_what_only_an_operator_can_mend_ends_it(timer: Timer, log: Log) -> None:
    with pytest.raises(OperatorError, match="token"):
        await Supervision("discord", Task([OperatorError("The token is refused.")]).run, timer.sleep).run()
    assert (log, timer.pauses) == ([], [])


async def test_what_only_an_operator_can_mend_ends_no_other_platform(timer: Timer, log: Log) -> None:
    task = Task([OperatorError("The token is refused."), OperatorError("The token is refused.")])
    supervised = asyncio.create_task(Supervision("discord", task.run, timer.sleep, alone=False).run())
    await task.running.wait()
    assert [(entry["event"], entry["mend"]) for entry in log] == [("stopped", "The token is refused.")]
    assert timer.pauses == [1, 2]
    await stop(supervised)


async def test_cancelled_it_cancels_the_task_and_starts_nothing(timer: Timer) -> None:
    task = Task([])
    await stop(await runs(task, timer))
    assert (task.stopped, task.starts, timer.pauses) == (True, 1, [])


async def test_cancelled_while_it_waits_it_starts_nothing_more() -> None:
    waiting = asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds != STABLE_AFTER:
            waiting.set()
        await asyncio.Event().wait()

    task = Task([ValueError()])
    supervised = asyncio.create_task(Supervision("outbox", task.run, sleep).run())
    await waiting.wait()
    await stop(supervised)
    assert task.starts == 1


@dataclass
class Platform:
    """An adapter that breaks once, or never."""

    breaks: bool
    name: str = "fake"
    ran: int = 0
    sent: list[Reply] = field(default_factory=list)

    async def run(self) -> None:
        self.ran += 1
        if self.breaks:
            raise ConnectionError
        await asyncio.Event().wait()

    async def send(self, address: Address, reply: Reply) -> None:
        if self.breaks:
            raise Offline("broken")
        self.sent.append(reply)

    async def post(self, place: str, key: str, face: Face) -> str:
        await self.edit(place, key, face)
        return key

    async def edit(self, place: str, message: str, face: Face) -> None:
        await self.send(Address(place, private=False, key=message), face.reply)

    async def retract(self, place: str, key: str, number: int) -> bool:
        return False

    async def remove(self, place: str, message: str) -> None:
        self.sent.clear()


async def test_an_adapter_is_made_anew_and_what_is_owed_goes_out_by_the_new_one(timer: Timer) -> None:
    made: list[Platform] = []

    def make() -> Platform:
        made.append(Platform(breaks=not made))
        return made[-1]

    adapter, address = RestartableAdapter("fake", make), Address("camille", True, "k")
    with pytest.raises(Offline):
        await adapter.send(address, say("Hello"))
    supervised = asyncio.create_task(Supervision(adapter.name, adapter.run, timer.sleep).run())
    while len(made) < 2 or not made[-1].ran:
        await asyncio.sleep(0)
    await adapter.send(address, say("Hello"))
    assert [(one.ran, len(one.sent)) for one in made] == [(1, 0), (1, 1)]
    await stop(supervised)


def test_an_adapter_that_cannot_be_made_says_so_before_anything_runs() -> None:
    def make() -> Platform:
        raise OperatorError("telegram.token is not a token.")

    factory: Callable[[], Platform] = make
    with pytest.raises(OperatorError, match=r"telegram\.token"):
        RestartableAdapter("telegram", factory)
