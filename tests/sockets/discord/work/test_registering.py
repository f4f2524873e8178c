"""The commands, registered however long Discord takes none."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.discord.commands import sync
from tests.sockets.discord.events import channel, guild, joined
from tests.sockets.discord.running import plaza, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.faults import Fault
from tests.sockets.running import until

HARBOUR = guild(2 << 30, "Harbour", [channel(13 << 22, "quay")])


@pytest.fixture
async def fake(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    monkeypatch.setattr(sync, "FIRST_BACKOFF", 0.01)
    async with plaza() as fake:
        yield fake


def told_of(told: Any) -> list[tuple[str, str]]:
    """What the operator was told of the commands, but that they are registered."""
    return [(line["log_level"], line["commands"]) for line in told if isinstance(line.get("commands"), str)]


async def test_commands_that_are_not_taken_are_registered_later_by_itself(home: Path, fake: FakeDiscord) -> None:
    for fault in (faults.broken(503), faults.dropped(), faults.banned(), faults.unanswered()):
        fake.fail("put_commands", fault)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            await until(lambda: told_of(told))
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
            await until(lambda: len(told_of(told)) == 2)
            assert fake.world.commands[0]
    (first, words), last = told_of(told)
    assert (first, last) == ("error", ("info", "registered, at last"))
    assert words.endswith("trying again")
    assert fake.gateway.seen["identify"] == 1
    assert not fake.faults._waiting, "each was met"


async def test_what_is_refused_for_good_is_asked_once(home: Path, fake: FakeDiscord) -> None:
    fake.fail("put_commands", faults.missing_access(), times=None)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            await until(lambda: told_of(told))
            await asyncio.sleep(0.05)
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
    assert told_of(told) == [("error", "403 Missing Access")]
    assert len(fake.journal._tried["put_commands"]) == 1


async def test_a_server_that_refuses_keeps_back_no_other(home: Path, fake: FakeDiscord) -> None:
    fake.push(joined(HARBOUR))
    fake.fail("get_commands", faults.slow(0))
    fake.fail("put_commands", faults.missing_access())
    async with running(home, fake, commands="guild"):
        (call,) = await fake.sent("put_commands")
        assert call.path["guild"] in {HARBOUR["id"], str(1 << 30)}


async def test_a_server_joined_while_commands_wait_gets_its_own(home: Path, fake: FakeDiscord) -> None:
    fake.fail("put_commands", faults.broken(503), times=2)
    async with running(home, fake, commands="guild"):
        fake.push(joined(HARBOUR))
        await until(lambda: set(fake.world.commands) >= {1 << 30, int(HARBOUR["id"])})


async def test_a_day_without_new_commands_is_waited_for(home: Path, fake: FakeDiscord) -> None:
    fake.fail("put_commands", Fault(status=429, retry_after=86_400, code=30034), times=None)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            await until(lambda: told_of(told))
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
            await asyncio.sleep(0.05)
    assert len(fake.journal._tried["put_commands"]) == 1
