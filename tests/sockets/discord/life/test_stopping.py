"""How the bot stops on Discord: soon, whatever the line is doing, and with the answers it began."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.discord.connection import client
from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound
from bot.ports.reply import Reply, say
from tests.sockets.discord.events import Events, direct
from tests.sockets.discord.running import CAMILLE, Running, plaza, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.gateway.link import Link
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.raw import server
from tests.sockets.running import until

SOON = 20.0
"""Seconds: a busy machine takes some, and what the bot must not wait for takes thirty at least."""
ALONE = direct(99 << 22, CAMILLE)


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake


async def stops(bot: Running) -> float:
    """Stop it as on SIGTERM; returns how many seconds it took."""
    start = time.monotonic()
    bot.receiving.cancel()
    await asyncio.wait([bot.receiving], timeout=60)
    assert bot.receiving.done()
    return time.monotonic() - start


async def test_it_stops_at_once_while_nobody_answers_at_the_api(home: Path, fake: FakeDiscord) -> None:
    async with (
        server(None) as (origin, _),
        running(home, fake, ready=False, api_url=f"{origin}/api/v10") as bot,
    ):
        await asyncio.sleep(0.02)
        assert await stops(bot) < SOON


async def test_it_stops_at_once_while_nobody_answers_at_the_gateway(home: Path, fake: FakeDiscord) -> None:
    async with (
        server(None) as (origin, _),
        running(home, fake, ready=False, gateway_url=f"{origin.replace('http', 'ws')}/") as bot,
    ):
        await fake.journal.tried("get_gateway")
        await asyncio.sleep(0.02)
        assert await stops(bot) < SOON


async def test_it_stops_at_once_while_it_comes_back(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        fake.fail("gateway", faults.slow(30))
        fake.gateway.reconnect()
        await until(lambda: not fake.faults._waiting)
        assert await stops(bot) < SOON


async def test_it_stops_soon_when_the_gateway_does_not_say_goodbye(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = asyncio.Event()

    async def listen(link: Link) -> None:
        while not link.session:
            frame = json.loads((await link.socket.receive()).data)
            fake.gateway._received(link, frame["op"], frame.get("d"))
        await gone.wait()

    monkeypatch.setattr(fake.gateway, "_listen", listen)
    async with running(home, fake) as bot:
        assert await stops(bot) < SOON
    gone.set()


async def test_in_a_flood_it_stops_soon_and_answers_all_it_took(home: Path, fake: FakeDiscord) -> None:
    taken: list[str] = []

    def taking_its_time(handle: Handle) -> Handle:
        async def slowly(inbound: Inbound) -> Reply | None:
            taken.append(inbound.args["text"])
            await asyncio.sleep(0.2)
            return await handle(inbound)

        return slowly

    async with running(home, fake, taking_its_time) as bot:
        flood = asyncio.create_task(pour(bot))
        await until(lambda: len(taken) >= 20)
        assert await stops(bot) < SOON
        flood.cancel()
        done = [one for one in fake.world.interactions.values() if one.original]
        assert sorted(taken) == sorted(one.data["data"]["options"][0]["value"] for one in done)
        assert sorted(taken) == sorted(await bot.filed())
    assert len(taken) < len(fake.world.interactions), "what came later was not taken"


async def test_stopped_while_it_looks_for_what_was_missed_it_ends_without_a_complaint(
    home: Path, fake: FakeDiscord
) -> None:
    await missing(home, fake, 1)
    with capture_logs() as told:
        fake.fail("get_messages", faults.slow(3))
        async with running(home, fake) as bot:
            await fake.journal.tried("get_messages")
            assert await stops(bot) < SOON
            assert not bot.discord._after_connect
        await asyncio.sleep(0.05)
    assert complaints(told) == []


async def test_stopped_amid_what_was_missed_it_finishes_that_one_and_begins_no_other(
    home: Path, fake: FakeDiscord
) -> None:
    await missing(home, fake, 3)
    begun = list[str]()

    def taking_its_time(handle: Handle) -> Handle:
        async def slowly(inbound: Inbound) -> Reply | None:
            begun.append(inbound.text)
            await asyncio.sleep(0.05)
            return await handle(inbound)

        return slowly

    with capture_logs() as told:
        async with running(home, fake, taking_its_time) as bot:
            await until(lambda: begun)
            assert await stops(bot) < SOON
            assert begun == ["/suggest Idea 0"]
            assert await bot.filed() == ["Idea 0"]
        await asyncio.sleep(0.05)
    assert complaints(told) == []


async def test_what_takes_longer_than_the_grace_ends_without_a_complaint(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "GRACE_PERIOD", 0.1)
    begun = asyncio.Queue["asyncio.Task[Any] | None"]()

    def taking_long(_: Handle) -> Handle:
        async def slowly(_: Inbound) -> Reply | None:
            begun.put_nowait(asyncio.current_task())
            await asyncio.sleep(PATIENCE)
            return say("Too late.")

        return slowly

    with capture_logs() as told:
        async with running(home, fake, taking_long) as bot:
            fake.push(bot.events.message("/suggest Idea", ALONE, CAMILLE))
            task = await begun.get()
            assert await stops(bot) < SOON
        assert task
        assert (await asyncio.wait([task], timeout=SOON))[0], "it ended"
    assert complaints(told) == []


async def test_what_is_said_but_not_owed_is_said_while_it_stops(home: Path, fake: FakeDiscord) -> None:
    begun = asyncio.Event()

    def answering(_: Handle) -> Handle:
        async def slowly(_: Inbound) -> Reply | None:
            begun.set()
            await asyncio.sleep(0.05)
            return say("The disk is full.")

        return slowly

    with capture_logs() as told:
        async with running(home, fake, answering) as bot:
            fake.push(bot.events.message("/suggest Idea", ALONE, CAMILLE))
            await begun.wait()
            assert await stops(bot) < SOON
            assert bot.posts(ALONE)[-1] == "The disk is full."
    assert complaints(told) == []


async def missing(home: Path, fake: FakeDiscord, count: int) -> None:
    """Let somebody write to the bot alone while it is away, as often as this."""
    events = Events()
    async with running(home, fake) as bot:
        fake.push(events.message("/mine", ALONE, CAMILLE))
        await until(lambda: len(bot.posts(ALONE)) == 2)
    for number in range(count):
        fake.push(events.message(f"/suggest Idea {number}", ALONE, CAMILLE))


def complaints(told: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in told if one["log_level"] == "error"]


async def pour(bot: Running) -> None:
    """Let somebody suggest things without end."""
    for number in count():
        bot.uses("suggest", text=f"Idea {number}")
        await asyncio.sleep(0.01)
