"""The whole bot as it runs: no task's fault ends it; an operator's matter and a signal do."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.core import Core
from bot.delivery.courier import Courier
from bot.errors import OperatorError
from bot.features.digest.posting.timetable import Timetable
from bot.operations import supervision
from bot.operations.assembly import serve
from bot.ports.adapter import Address, Handle
from bot.ports.reply import Reply, say
from bot.privacy.retention import Sweep
from storage.engine.errors import StoreClosed
from storage.people import communities
from storage.traffic import outbox

NAMES = ["bare"]


@dataclass
class Platform:
    """An adapter whose every start ends as the test says, then runs on."""

    ends: list[Exception]
    name: str = "bare"
    running: asyncio.Event = field(default_factory=asyncio.Event)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def create(self, _core: Core, _handle: Handle) -> "Platform":
        return self

    async def run(self) -> None:
        if self.ends:
            raise self.ends.pop(0)
        self.running.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped.set()

    async def send(self, _address: Address, _reply: Reply) -> None:
        self.told.set()


Served = Callable[..., Awaitable["asyncio.Task[None]"]]


@pytest.fixture
def served(core: Core, monkeypatch: pytest.MonkeyPatch) -> Served:
    """Starts the bot on a platform, and returns once that runs; tasks are started again without a wait."""
    monkeypatch.setattr(supervision, "FIRST_DELAY", 0.0)

    async def start(platform: Platform, **beside: Callable[[], Awaitable[None]]) -> "asyncio.Task[None]":
        point = SimpleNamespace(name="bare", load=lambda: platform.create)
        monkeypatch.setattr("bot.operations.assembly.entry_points", lambda group: (point,))
        serving = asyncio.create_task(serve(core, NAMES, beside))
        running = asyncio.create_task(platform.running.wait())
        await asyncio.wait([serving, running], return_when=asyncio.FIRST_COMPLETED)
        return serving

    return start


async def ends(serving: "asyncio.Task[None]", platform: Platform, core: Core) -> None:
    """SIGTERM ends it well: the platform is let go of, and the store is closed."""
    assert not serving.done(), serving
    signal.raise_signal(signal.SIGTERM)
    await serving
    assert platform.stopped.is_set()
    with pytest.raises(StoreClosed):
        await core.store.read(lambda _: None)


async def test_a_platform_that_breaks_is_started_again_and_the_bot_runs_on(served: Served, core: Core) -> None:
    platform = Platform([ConnectionError(), KeyError()])
    with capture_logs() as log:
        serving = await served(platform)
    assert [(one["task"], one["error"]) for one in log if one["event"] == "stopped"] == [
        ("bare", "ConnectionError"),
        ("bare", "KeyError"),
    ]
    await ends(serving, platform, core)


async def test_no_work_beside_the_platforms_ends_it(
    served: Served, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks: dict[str, Any] = {"outbox": Courier, "timetable": Timetable, "retention": Sweep}
    running = [faulty(work, monkeypatch) for work in tasks.values()]
    platform = Platform([])
    with capture_logs() as log:
        serving = await served(platform)
        async with asyncio.timeout(10):
            for again in running:
                await again.wait()
    assert sorted(one["task"] for one in log if one["event"] == "stopped") == sorted(tasks)
    await ends(serving, platform, core)


def faulty(work: Any, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Let a task break twice before it runs; what is returned is set as soon as it does."""
    again, whole, faults = asyncio.Event(), work.run, [RuntimeError(), RuntimeError()]

    async def run(self: object) -> None:
        if faults:
            raise faults.pop()
        again.set()
        await whole(self)

    monkeypatch.setattr(work, "run", run)
    return again


async def test_what_runs_beside_it_is_supervised_and_stopped_with_it(served: Served, core: Core) -> None:
    starts, again = [], asyncio.Event()

    async def story() -> None:
        starts.append(1)
        if len(starts) < 3:
            raise LookupError
        again.set()
        await asyncio.Event().wait()

    platform = Platform([])
    serving = await served(platform, story=story)
    await again.wait()
    await ends(serving, platform, core)


async def test_what_is_owed_still_goes_out_after_faults(served: Served, core: Core) -> None:
    platform = Platform([ConnectionError()])
    serving = await served(platform)

    def owe(session: Session) -> None:
        place = communities.staff_place(session, communities.every(session)[0].id)
        assert place
        outbox.owe(session, "k", core.codec.dump(say("Hello")), core.clock.now(), place_id=place.id)

    await core.store.write(owe)
    core.debts.notify()
    await platform.told.wait()
    await ends(serving, platform, core)


async def test_a_refused_token_ends_it_and_lets_go_of_the_store(served: Served, core: Core) -> None:
    serving = await served(Platform([OperatorError("Discord refuses the token.")]))
    with pytest.raises(OperatorError, match="refuses"):
        await serving
    with pytest.raises(StoreClosed):
        await core.store.read(lambda _: None)
