"""The line to Discord: where it goes, what is said over it at the start, and how it comes back when it breaks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import discord
import pytest
from structlog.testing import capture_logs

from adapters.discord.commands.definitions import definitions
from bot.errors import OperatorError
from bot.ports.reply import say
from storage.vocabulary import Delivery
from tests.sockets.discord.client import TOKEN
from tests.sockets.discord.events import channel, guild, joined
from tests.sockets.discord.running import CAMILLE, GENERAL, plaza, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.world import World
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.raw import free_port
from tests.sockets.running import until

HARBOUR = guild(2 << 30, "Harbour", [channel(13 << 22, "quay")])
SILENT = "ws://127.0.0.1:1/"


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake
        assert fake.journal.unknown == []


def troubles(told: Any) -> list[str]:
    """What the operator was told is wrong."""
    return [str(line["trouble"]) for line in told if "trouble" in line]


def test_the_library_is_the_one_whose_inside_was_looked_at() -> None:
    assert discord.__version__ == "2.7.1", (
        "In the new version look at what adapters.discord.outgoing.wiring and client rely on: http.Route.BASE, "
        "gateway.DiscordWebSocket.DEFAULT_GATEWAY, http.HTTPClient.connector after a failed login, "
        "AutoShardedClient.launch_shard and its argument, the log of discord.shard and discord.client, "
        "that a message with a nonce is sent with enforce_nonce, that http.HTTPClient.request reads its form before "
        "each attempt, and Thread._applied_tags. Then run these tests and change the number."
    )


async def test_everything_goes_where_the_settings_say_and_what_comes_is_answered_but_what_cannot_be_read(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(World, "gateway", SILENT)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            for event in ("MESSAGE_CREATE", "INTERACTION_CREATE", "GUILD_UPDATE", "CHANNEL_CREATE"):
                for session in fake.gateway.sessions.values():
                    session.tell(event, {"id": "no number", "content": "a secret", "guild_id": "what"})
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
            # A mention is answered where it was made.
            me = fake.world.me()
            fake.push(bot.events.message(f"<@{me['id']}> /suggest Close later", GENERAL, CAMILLE, mentions=[me]))
            await fake.sent("create_message")
            assert await bot.filed() == ["Open later", "Close later"]
    assert {"MESSAGE_CREATE", "INTERACTION_CREATE"} <= {line.get("unreadable") for line in told}
    assert "a secret" not in str(told)
    assert fake.gateway.seen["identify"] == 1
    assert {call.token for call in fake.journal.calls if call.method == "get_me"} == {TOKEN}


async def test_a_session_is_resumed_where_discord_says(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeDiscord() as elsewhere:
        elsewhere.gateway = fake.gateway
        monkeypatch.setattr(World, "gateway", elsewhere.gateway_url)
        async with running(home, fake) as bot:
            fake.fail("gateway", faults.broken(503), times=None)
            fake.gateway.drop()
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
    assert (fake.gateway.seen["identify"], fake.gateway.seen["resume"]) == (1, 1)


async def test_the_commands_are_registered_once_and_not_again_at_the_next_start(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        (call,) = await fake.sent("put_commands")
        assert call.payload == definitions(bot.core)
        await fake.sent("get_commands", 2)
    async with running(home, fake):
        await fake.sent("get_commands", 4)
    assert len(await fake.sent("put_commands")) == 1


async def test_a_guild_joined_later_gets_its_commands_and_no_message(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake, commands="guild") as bot:
        await fake.sent("put_commands")
        fake.push(joined(HARBOUR))
        first, second = await fake.sent("put_commands", 2)
        assert [first.path["guild"], second.path["guild"]] == [str(1 << 30), HARBOUR["id"]]
        bot.uses("suggest", place=HARBOUR["channels"][0], text="Open later")
        await fake.sent("callback")
    assert "create_message" not in fake.journal.counts()


async def test_a_line_that_broke_is_resumed_or_begun_anew_and_what_was_done_meanwhile_is_answered_once(
    home: Path, fake: FakeDiscord
) -> None:
    async with running(home, fake) as bot:
        fake.fail("gateway", faults.slow(0.02))
        fake.gateway.drop()
        bot.uses("suggest", text="Open later")
        await fake.gateway.received("resume")
        await fake.sent("callback")
        fake.gateway.drop()
        await fake.gateway.received("resume", 2)
        bot.uses("suggest", text="Close earlier")
        await fake.sent("callback", 2)
        # Asked to come back it resumes, too, and so it does when its session is called invalid but may be resumed.
        asks: tuple[Callable[[], object], ...] = (
            fake.gateway.reconnect,
            partial(fake.gateway.invalidate, resumable=True),
        )
        for resumes, ask in enumerate(asks, 3):
            ask()
            await fake.gateway.received("resume", resumes)
            bot.uses("suggest", text=f"Lamp {resumes}")
            await fake.sent("callback", resumes)
        assert fake.gateway.seen["identify"] == 1
        fake.gateway.invalidate(resumable=False)
        await until(lambda: fake.gateway.seen["identify"] == 2)
        bot.uses("suggest", text="More bins")
        await fake.sent("callback", 5)
        assert await bot.filed() == ["Open later", "Close earlier", "Lamp 3", "Lamp 4", "More bins"]
    assert len(await fake.journal.tried("callback")) == 5
    assert fake.gateway.seen["resume"] == 4
    assert len(await fake.sent("put_commands")) == 1


def impatient(bot: discord.AutoShardedClient) -> None:
    """Let it take silence for death soon; before there is silence, a slow machine would be taken for it."""
    beating = bot.shards[0]._parent.ws._keep_alive
    assert beating
    beating.heartbeat_timeout = 0.01


async def test_a_gateway_that_died_in_silence_is_left(home: Path, fake: FakeDiscord) -> None:
    fake.gateway.heartbeat = 0.03
    async with running(home, fake, ready=False) as bot:
        await fake.gateway.received("heartbeat", 2)
        fake.gateway.silence()
        impatient(bot.discord.client)
        bot.uses("suggest", text="Open later")
        await fake.sent("callback")
    assert fake.gateway.seen["resume"] == 1


async def test_a_discord_that_was_gone_is_told_and_found_again(home: Path, fake: FakeDiscord) -> None:
    with capture_logs() as told:
        async with running(home, fake) as bot:
            await fake.stop()
            await until(lambda: troubles(told))
            number = await bot.owe("digest:1", say("The digest."))
            await asyncio.sleep(0.05)
            await fake.start()
            await until(lambda: fake.gateway.seen["identify"] == 2 and fake.gateway.sessions)
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
            await bot.became(number, Delivery.SENT)
            assert bot.posts().count("The digest.") == 1
            await until(lambda: troubles(told)[-1] == "none any more")
    assert len(troubles(told)) == 2, troubles(told)


@pytest.mark.parametrize("gateway_alone", [True, False])
async def test_without_discord_at_the_start_it_waits_says_so_and_then_works(
    home: Path, fake: FakeDiscord, gateway_alone: bool
) -> None:
    if gateway_alone:
        fake.fail("gateway", faults.broken(503), times=None)
    else:
        await fake.stop()
    with capture_logs() as told:
        async with running(home, fake, ready=False) as bot:
            await until(lambda: troubles(told))
            await asyncio.sleep(0.05)
            fake.faults.clear()
            await fake.start() if not gateway_alone else None
            await until(lambda: fake.gateway.sessions)
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
    first, *rest = troubles(told)
    assert "does not answer" in first
    assert set(rest) <= {"none any more"}
    assert TOKEN not in str(told)


async def test_a_login_that_fails_for_a_while_is_tried_again(home: Path, fake: FakeDiscord) -> None:
    for fault in (faults.page(503), faults.unanswered(), faults.unanswered(), faults.banned()):
        fake.fail("get_me", fault)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            bot.uses("suggest", text="Open later")
            await fake.sent("callback")
    assert len(troubles(told)) == 2, troubles(told)
    assert troubles(told)[-1] == "none any more"


async def test_a_token_that_is_refused_ends_it_with_a_mend_after_one_request(home: Path, fake: FakeDiscord) -> None:
    fake.bad_tokens.add(TOKEN)
    async with running(home, fake, ready=False) as bot:
        with pytest.raises(OperatorError, match=r"PORTEVOIX_DISCORD__TOKEN"):
            await asyncio.wait_for(bot.receiving, PATIENCE)
    assert fake.journal.invalid == len(fake.journal.calls) == 1


async def test_a_token_revoked_meanwhile_ends_it_with_a_mend(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        fake.bad_tokens.add(TOKEN)
        fake.gateway.close(4004)
        with pytest.raises(OperatorError, match=r"PORTEVOIX_DISCORD__TOKEN"):
            await asyncio.wait_for(bot.receiving, PATIENCE)


async def test_an_intent_that_is_not_switched_on_ends_it_with_a_mend(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake, ready=False, message_content=True) as bot:
        with pytest.raises(OperatorError, match=r"discord\.message_content"):
            await asyncio.wait_for(bot.receiving, PATIENCE)


async def test_a_server_of_nobody_is_no_reason_to_stop(home: Path, fake: FakeDiscord) -> None:
    with capture_logs() as told:
        nowhere = f"http://127.0.0.1:{free_port()}/api/v10"
        async with running(home, fake, ready=False, api_url=nowhere) as bot:
            await until(lambda: troubles(told))
            assert not bot.receiving.done()
