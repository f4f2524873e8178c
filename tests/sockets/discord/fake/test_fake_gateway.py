import asyncio
import math
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest
from discord.backoff import ExponentialBackoff

from tests.sockets.discord.client import INTENTS, TOKEN, Bare, running
from tests.sockets.discord.events import Events, channel, channel_deleted, guild, joined, left, member, user
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.gateway.sessions import MOST_KEPT, Session

CAMILLE = user(7)
PLAZA = guild(1 << 30, channels=[channel(11 << 22, "general")], members=[member(CAMILLE)])
(GENERAL,) = PLAZA["channels"]
EVENTS = Events()
IDENTITY = {"token": TOKEN, "intents": 1, "properties": {}}


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        fake.push(joined(PLAZA))
        yield fake
    assert asyncio.all_tasks() == {asyncio.current_task()}


def answering(bot: Bare) -> Bare:
    """A bot with a command."""

    @bot.tree.command()
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Hello")

    return bot


async def test_what_happens_while_the_line_is_broken_is_told_after_the_resume(fake: FakeDiscord) -> None:
    bot = answering(Bare())
    async with running(fake, bot):
        fake.fail("gateway", faults.slow(0.02))
        fake.gateway.drop()
        assert fake.push(EVENTS.slash("hello", {}, GENERAL, CAMILLE)) == [True]
        await bot.hears("resumed")
        (call,) = await fake.sent("callback")
    assert call.content == "Hello"
    assert (fake.gateway.seen["identify"], fake.gateway.seen["resume"]) == (1, 1)
    assert len(bot.named("interaction")) == 1


async def test_asked_to_reconnect_a_bot_resumes(fake: FakeDiscord) -> None:
    bot = answering(Bare())
    async with running(fake, bot):
        fake.gateway.reconnect()
        await bot.hears("resumed")
        fake.push(EVENTS.slash("hello", {}, GENERAL, CAMILLE))
        await fake.sent("callback")
    assert fake.gateway.seen["identify"] == 1


async def test_an_invalid_session_is_resumed_if_it_can_be(fake: FakeDiscord) -> None:
    bot = Bare()
    async with running(fake, bot):
        fake.gateway.invalidate(resumable=True)
        await bot.hears("resumed")
    assert fake.gateway.seen["identify"] == 1


async def test_an_invalid_session_is_begun_anew_if_not(fake: FakeDiscord) -> None:
    bot = Bare()
    async with running(fake, bot):
        fake.gateway.invalidate()
        await bot.hears("ready", 2)
        assert len(fake.gateway.sessions) == 1
    assert (fake.gateway.seen["identify"], fake.gateway.seen["resume"]) == (2, 0)


@pytest.mark.parametrize("code", [None, 4009])
async def test_a_forgotten_session_is_begun_anew_and_what_happened_meanwhile_is_lost(
    fake: FakeDiscord, code: int | None
) -> None:
    bot = answering(Bare())
    async with running(fake, bot):
        fake.fail("gateway", faults.slow(0.02))
        if code:
            fake.gateway.close(code)
        else:
            fake.gateway.forget()
            fake.gateway.drop()
        assert fake.push(EVENTS.slash("hello", {}, GENERAL, CAMILLE)) == [False]
        await bot.hears("ready", 2)
    assert (fake.gateway.seen["identify"], fake.gateway.seen["resume"]) == (2, 1)
    assert fake.gateway.lost == ["GUILD_CREATE", "INTERACTION_CREATE"]
    assert bot.named("interaction") == []


async def test_a_bot_notices_that_the_gateway_died_in_silence(fake: FakeDiscord) -> None:
    fake.gateway.heartbeat = 0.03
    bot = Bare()
    async with running(fake, bot):
        await fake.gateway.received("heartbeat", 3)
        assert math.isfinite(bot.latency)
        fake.gateway.silence()
        assert bot.ws._keep_alive
        bot.ws._keep_alive.heartbeat_timeout = 0.01  # until now no slow machine can be taken for silence
        fake.push(EVENTS.message("Anyone?", GENERAL, CAMILLE))
        await bot.hears("message")
    assert fake.gateway.seen["resume"] == 1


async def test_a_gateway_that_refuses_for_a_while_is_tried_again(
    fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.02)
    bot = Bare()
    async with running(fake, bot):
        fake.fail("gateway", faults.broken(503), times=2)
        fake.gateway.drop()
        await bot.hears("resumed")


async def test_a_discord_that_was_gone_is_found_again(fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.02)
    bot = answering(Bare())
    async with running(fake, bot):
        await fake.stop()
        await bot.hears("disconnect", 2)
        fake.push(EVENTS.slash("hello", {}, GENERAL, CAMILLE))
        await fake.start()
        await fake.sent("callback")
    assert fake.gateway.seen["identify"] == 1


@pytest.mark.parametrize("code", [1000, 4000])
async def test_after_a_close_that_says_so_a_bot_resumes(fake: FakeDiscord, code: int) -> None:
    bot = Bare()
    async with running(fake, bot):
        fake.gateway.close(code)
        await bot.hears("resumed")


async def test_after_a_close_that_is_final_a_bot_ends(fake: FakeDiscord) -> None:
    async with running(fake, Bare()) as task:
        fake.gateway.close(4004)
        with pytest.raises(discord.ConnectionClosed):
            await task


async def test_a_privileged_intent_nobody_switched_on_is_denied(fake: FakeDiscord) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(fake, Bare(discord.Intents(INTENTS.value | discord.Intents.members.flag))):
            pass


@pytest.mark.parametrize(("code", "kept"), [(1000, 0), (1001, 0), (4000, 1)])
async def test_a_bot_that_closes_gives_its_session_up_unless_it_is_to_resume(
    fake: FakeDiscord, code: int, kept: int
) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(fake.gateway_url) as socket:
        await socket.send_json({"op": 2, "d": IDENTITY})
        assert [(await socket.receive_json())["op"] for _ in range(3)] == [10, 0, 0]
        await socket.close(code=code)
    assert len(fake.gateway.sessions) == kept
    assert fake.push(EVENTS.slash("hello", {}, GENERAL, CAMILLE)) == [bool(kept)]


async def resumed(fake: FakeDiscord, token: str, session: str, sequence: int) -> list[tuple[int, object]]:
    """What the gateway says to a bot that resumes, the greeting left out: ops and events, or the close."""
    async with aiohttp.ClientSession() as http, http.ws_connect(fake.gateway_url) as socket:
        await socket.send_json({"op": 6, "d": {"token": token, "session_id": session, "seq": sequence}})
        await socket.receive_json()
        said: list[tuple[int, object]] = []
        while not said or said[-1][1] not in {"RESUMED", None}:
            message = await socket.receive(1)
            if message.type is aiohttp.WSMsgType.CLOSE:
                return [(message.data, None)]
            frame = message.json()
            said.append((frame["op"], frame["t"]))
        await socket.close(code=4000)
        return said


async def test_a_session_is_resumed_by_its_own_bot_from_where_it_was(fake: FakeDiscord) -> None:
    async with running(fake, Bare()):
        fake.push(EVENTS.message("Hello", GENERAL, CAMILLE))
    (session,) = fake.gateway.sessions
    assert await resumed(fake, TOKEN, session, 2) == [(0, "MESSAGE_CREATE"), (0, "RESUMED")]
    assert await resumed(fake, "another", session, 4) == [(9, None)]
    assert await resumed(fake, TOKEN, "unknown", 4) == [(9, None)]
    assert await resumed(fake, TOKEN, session, 99) == [(4007, None)]
    async with running(fake, Bare()):
        assert len(fake.gateway.sessions) == 1
        assert session not in fake.gateway.sessions


def test_a_session_remembers_the_newest_events() -> None:
    session = Session(TOKEN, 1, (0, 1))
    for _ in range(MOST_KEPT + 1):
        session.tell("GUILD_CREATE", {})
    assert [session.remembers(number) for number in (0, 1, MOST_KEPT)] == [False, True, True]


async def test_guilds_and_channels_come_and_go(fake: FakeDiscord) -> None:
    bot, other = Bare(), guild(2 << 30, "Harbour")
    async with running(fake, bot):
        fake.push(joined(other), channel_deleted(GENERAL), left(PLAZA, outage=True), left(other))
        (harbour,) = await bot.hears("guild_remove")
        (gone,) = bot.named("guild_channel_delete")
        assert (harbour.name, gone.name) == ("Harbour", "general")
        assert [one.name for one in bot.named("guild_unavailable")] == ["Plaza"]
        with pytest.raises(discord.NotFound):
            await bot.fetch_channel(int(GENERAL["id"]))
    assert sorted(fake.world.guilds) == [1 << 30]


async def test_a_guild_is_described_and_left(fake: FakeDiscord) -> None:
    bot = Bare()
    async with running(fake, bot):
        assert [one.name async for one in bot.fetch_guilds()] == ["Plaza"]
        plaza = await bot.fetch_guild(1 << 30)
        assert plaza.approximate_member_count == 2
        (general,) = await plaza.fetch_channels()
        assert isinstance(general, discord.TextChannel)
        assert [one.name for one in await plaza.fetch_roles()] == ["@everyone"]
        async with general.typing():
            await fake.sent("type_in")
        with pytest.raises(discord.NotFound):
            await plaza.fetch_member(8)
        await plaza.leave()
        await bot.hears("guild_remove")
        with pytest.raises(discord.NotFound):
            await bot.fetch_guild(1 << 30)


class Sharded(Bare, discord.AutoShardedClient):
    """The same over several connections."""


async def test_each_shard_is_told_of_its_own_guilds(fake: FakeDiscord) -> None:
    fake.world.shards = 2
    harbour = guild((2 << 30) + (1 << 22), "Harbour", [channel(12 << 22, "quay")])
    fake.push(joined(harbour))
    bot = Sharded()
    async with running(fake, bot):
        assert sorted(bot.shards) == [0, 1]
        assert {one.name: one.shard_id for one in bot.guilds} == {"Plaza": 0, "Harbour": 1}
        fake.push(EVENTS.message("Ahoy", harbour["channels"][0], CAMILLE))
        (message,) = await bot.hears("message")
        assert message.guild.name == "Harbour"
    assert [one["shard"] for one in fake.gateway.identities] == [[0, 2], [1, 2]]


async def speak(fake: FakeDiscord, *frames: object) -> int | None:
    """Say things to the gateway; returns the code of its close."""
    async with aiohttp.ClientSession() as session, session.ws_connect(fake.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == 10
        for frame in frames:
            await socket.send_json(frame)
        async with asyncio.timeout(60):
            async for _ in socket:
                pass
        return socket.close_code


SENSELESS: tuple[tuple[list[object], int], ...] = (
    ([{"op": 99}], 4001),
    (["nonsense"], 4002),
    ([{"op": 3, "d": {}}], 4003),
    ([{"op": 2, "d": {**IDENTITY, "token": "revoked"}}], 4004),
    ([{"op": 2, "d": IDENTITY}, {"op": 2, "d": IDENTITY}], 4005),
    ([{"op": 2, "d": {**IDENTITY, "shard": [2, 2]}}], 4010),
    ([{"op": 2, "d": {**IDENTITY, "intents": 1 << 40}}], 4013),
    ([{"op": 2, "d": {**IDENTITY, "intents": 1 << 15}}], 4014),
    ([{"op": 1, "d": "x" * 5000}], 4002),
)
"""What is said to the gateway, and the code of its close."""


async def test_what_makes_no_sense_closes_the_line(fake: FakeDiscord) -> None:
    fake.bad_tokens.add("revoked")
    for frames, code in SENSELESS:
        assert await speak(fake, *frames) == code, frames


async def test_waiting_for_what_never_comes_fails(fake: FakeDiscord) -> None:
    with pytest.raises(AssertionError, match="resume came 0 times, not 1"):
        await fake.gateway.received("resume", timeout=0.01)
    with pytest.raises(AssertionError, match="callback accepted 0 times, not 1"):
        await fake.sent("callback", timeout=0.01)
