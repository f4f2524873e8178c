"""Doctor says which processes run on a shared database, and which of them runs each platform."""

import asyncio
import os
import platform
from collections.abc import AsyncIterator

import pytest

from bot.core import Core
from bot.operations.assembly import open_core
from bot.operations.holders import examine_holders
from bot.ports.adapter import Finding
from bot.settings.config import load
from storage.engine.leases import PART_BITS
from tests.clock import StillClock
from tests.postgres import Server

ME = f"{platform.node()}:{os.getpid()}"


@pytest.fixture
async def shared(postgres: Server) -> AsyncIterator[Core]:
    place = postgres.create("holders")
    token = {"token": "1:a"}
    own = load(from_file=False, database=place.url, key_file=place.key_file, telegram=token, discord=token)
    core = await open_core(own, StillClock())
    yield core
    core.store.close()
    postgres.drop("holders")


async def test_while_none_runs_it_says_so(shared: Core) -> None:
    assert await examine_holders(shared) == [
        Finding("processes", "none runs at the moment"),
        Finding("telegram is run by", "no process at the moment"),
        Finding("discord is run by", "no process at the moment"),
    ]


async def test_each_platform_and_each_shard_has_its_process(shared: Core) -> None:
    leases = shared.store.leases
    assert leases
    running = asyncio.create_task(leases.run())
    await leases.take("telegram")
    for shard in range(2):
        await leases.take("discord", 2 << PART_BITS | shard)
    assert await examine_holders(shared) == [
        Finding("processes", ME),
        Finding("telegram is run by", ME),
        Finding("discord is run by", f"shard 0 of 2: {ME}, shard 1 of 2: {ME}"),
    ]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_on_sqlite_there_is_one_process_and_nothing_to_say(core: Core) -> None:
    assert await examine_holders(core) == []
