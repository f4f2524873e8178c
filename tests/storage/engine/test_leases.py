"""Leases: one process at a time has one, and all are lost with the connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.standby import lead
from storage.engine import leases
from storage.engine.errors import StoreLost
from storage.engine.leases import Leases
from storage.engine.store import Store
from storage.schema.opening import Location, open_store
from tests.postgres import Server
from tests.sockets.running import until


@pytest.fixture
async def place(postgres: Server) -> AsyncIterator[Location]:
    yield postgres.create("leases")
    postgres.drop("leases")


@asynccontextmanager
async def process(place: Location) -> AsyncIterator[Store]:
    """A store of a process that runs; at the end it is as if it was killed."""
    store = open_store(place)
    assert store.leases
    keeping = asyncio.create_task(store.leases.run())
    try:
        yield store
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        store.close()


def own(store: Store) -> Leases:
    assert store.leases
    return store.leases


@dataclass
class Work:
    """Runs until it is cancelled."""

    running: asyncio.Event = field(default_factory=asyncio.Event)
    stopped: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        self.running.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped.set()


async def soon(event: asyncio.Event) -> None:
    async with asyncio.timeout(10):
        await event.wait()


async def test_one_process_at_a_time_has_a_lease(place: Location) -> None:
    async with process(place) as second:
        async with process(place) as first:
            assert await own(first).take("telegram")
            assert not await own(second).take("telegram")
            assert await own(second).take("telegram", 1)
            assert await own(second).take("discord")
            assert list(await own(second).held("telegram")) == [0, 1]
            await own(first).release("telegram")
            assert await own(second).take("telegram")
            assert not await own(first).take("discord", 0)
            assert await own(first).take("another")
        # The server frees the locks of a connection a moment after it was closed.
        async with asyncio.timeout(60):
            while not await own(second).take("another"):
                await asyncio.sleep(0.05)


async def test_each_knows_whether_it_is_alone(place: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "CHECK_SECONDS", 0.05)
    async with process(place) as first:
        await own(first).take("telegram")
        await until(lambda: not first.has_others)
        async with process(place) as second:
            await own(second).take("discord")
            await until(lambda: first.has_others and second.has_others)

            def numbers(session: Session) -> set[int | None]:
                return {*leases.process_numbers(session)}

            assert await first.read(numbers) == {own(first).process, own(second).process}
        await until(lambda: not first.has_others)


async def test_who_stands_by_takes_over_and_each_is_logged_once(
    place: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "CHECK_SECONDS", 0.05)
    works = Work(), Work()
    with capture_logs() as log:
        async with process(place) as first, process(place) as second:
            leading = asyncio.create_task(lead(first, "bare", works[0].run))
            await soon(works[0].running)
            waiting = asyncio.create_task(lead(second, "bare", works[1].run))
            await until(lambda: log)
            assert not works[1].running.is_set()
            leading.cancel()
            await soon(works[0].stopped)
            await soon(works[1].running)
            waiting.cancel()
            await asyncio.gather(leading, waiting, return_exceptions=True)
    told = [(entry["event"], entry["task"]) for entry in log]
    assert told == [("stands by", "bare"), ("takes over", "bare")]


async def test_a_lost_connection_stops_the_work_at_once(
    postgres: Server, place: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "AGAIN_SECONDS", 0.05)
    work = Work()
    with capture_logs() as log:
        async with process(place) as store:
            leading = asyncio.create_task(lead(store, "bare", work.run))
            await soon(work.running)
            before = own(store).process
            postgres.end_connections("portevoix %")
            async with asyncio.timeout(leases.CHECK_SECONDS / 2):
                await work.stopped.wait()
            with pytest.raises(StoreLost, match="does not answer"):
                await leading
            assert await own(store).take("bare"), "it connects again"
            assert own(store).process not in {before, None}
    assert [entry["event"] for entry in log] == ["leases"]


async def test_a_server_that_says_nothing_is_as_good_as_lost(place: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "CHECK_SECONDS", 0.05)
    work, whole = Work(), leases._rows

    async def deaf(connection: Any, statement: str, given: Any) -> Any:
        return await whole(connection, "SELECT pg_sleep(20)" if "pg_locks" in statement else statement, given)

    async with process(place) as store:
        leading = asyncio.create_task(lead(store, "bare", work.run))
        await soon(work.running)
        monkeypatch.setattr(leases, "ANSWER_SECONDS", 0.1)
        monkeypatch.setattr(leases, "_rows", deaf)
        await soon(work.stopped)
        with pytest.raises(StoreLost):
            await leading


async def test_on_sqlite_the_work_is_done_at_once(tmp_path: Path) -> None:
    store, work = open_store(Location(f"sqlite:///{tmp_path}/pv.db", tmp_path / "pv.key")), Work()
    leading = asyncio.create_task(lead(store, "bare", work.run))
    await soon(work.running)
    leading.cancel()
    await soon(work.stopped)
    with store._reading.connect() as connection:
        assert leases.holders(Session(connection), "bare") == []
    store.close()
