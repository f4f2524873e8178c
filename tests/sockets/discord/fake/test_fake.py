import asyncio
import io
import time
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from tests.sockets.discord.client import INTENTS, TOKEN, Bare, running
from tests.sockets.discord.events import Events, channel, direct, guild, joined, member, user
from tests.sockets.discord.running import Hurried
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.world import CONTENT
from tests.sockets.fakes.journal import Upload

CAMILLE = user(7)
PLAZA = guild(
    1 << 30,
    channels=[channel(11 << 22, "general"), channel(12 << 22, "staff", [5]), channel(13 << 22, "garden")],
    members=[member(CAMILLE)],
)
GENERAL, STAFF, GARDEN = PLAZA["channels"]
EVENTS = Events(locale="fr")


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        fake.push(joined(PLAZA))
        yield fake


@pytest.fixture
async def bot(fake: FakeDiscord) -> AsyncIterator[Bare]:
    bot = Bare()
    async with running(fake, bot):
        yield bot
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert fake.journal.unknown == []


def general(bot: Bare) -> discord.TextChannel:
    """The public channel."""
    found = bot.get_channel(int(GENERAL["id"]))
    assert isinstance(found, discord.TextChannel)
    return found


async def test_a_bot_logs_in_and_is_told_its_guilds(fake: FakeDiscord, bot: Bare) -> None:
    (plaza,) = bot.guilds
    assert (plaza.name, [one.name for one in plaza.text_channels]) == ("Plaza", ["general", "staff", "garden"])
    assert [one.name for one in plaza.members] == ["portevoix"]
    assert plaza.me.guild_permissions.send_messages
    assert not plaza.text_channels[1].permissions_for(plaza.me).view_channel
    assert (await plaza.fetch_member(7)).display_name == "Camille"
    assert bot.user
    assert bot.application_id == bot.user.id
    assert fake.gateway.identities[0]["intents"] == INTENTS.value


async def test_a_wrong_token_is_refused(fake: FakeDiscord) -> None:
    fake.bad_tokens.add(TOKEN)
    with pytest.raises(discord.LoginFailure):
        async with running(fake, Bare()):
            pass
    assert fake.journal.invalid == 1


async def test_a_command_is_deferred_and_followed_up(fake: FakeDiscord, bot: Bare) -> None:
    @bot.tree.command()
    async def suggest(interaction: discord.Interaction, text: str, area: int) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send(f"{text} {area} {interaction.locale} {interaction.user.display_name}")
        await interaction.followup.send("More, for all to see.")
        await interaction.edit_original_response(content="Kept.")

    await bot.tree.sync()
    assert fake.push(EVENTS.slash("suggest", {"text": "Benches", "area": 3}, GENERAL, member(CAMILLE))) == [True]
    (deferral,) = await fake.sent("callback")
    assert (deferral.payload["type"], deferral.private) == (5, True)
    first, second = await fake.sent("follow_up", 2)
    assert first.content == "Benches 3 fr Camille"
    (edit,) = await fake.sent("edit_answer")
    assert (first.result["id"], first.result["flags"]) == (edit.result["id"], 64)
    assert second.result["id"] != first.result["id"]
    assert edit.result["content"] == "Kept."


async def test_what_only_one_person_sees_is_not_told_at_the_gateway(fake: FakeDiscord, bot: Bare) -> None:
    @bot.tree.command()
    async def whisper(interaction: discord.Interaction, private: bool) -> None:
        await interaction.response.send_message("Psst", ephemeral=private)

    for private in (True, False):
        fake.push(EVENTS.slash("whisper", {"private": private}, GENERAL, CAMILLE))
    whispered, _ = await fake.sent("callback", 2)
    with pytest.raises(discord.NotFound):
        await general(bot).fetch_message(int(whispered.result["resource"]["message"]["id"]))
    assert [one.content for one in await bot.hears("message")] == ["Psst"]
    assert [one.content async for one in general(bot).history()] == ["Psst"]


async def test_a_file_goes_up_with_its_text_and_comes_down_until_it_expires(fake: FakeDiscord, bot: Bare) -> None:
    picture = discord.File(io.BytesIO(b"png"), "chart.png", description="Twelve voices")
    sent = await general(bot).send("The week", file=picture)
    (file,) = sent.attachments
    assert (file.filename, file.description, await file.read()) == ("chart.png", "Twelve voices", b"png")
    (call,) = await fake.sent("create_message")
    assert [one.content for one in call.files] == [b"png"]
    fake.world.expire(call.result["attachments"][0])
    with pytest.raises(discord.NotFound):
        await file.read()
    with pytest.raises(discord.HTTPException, match="too large"):
        await general(bot).send(file=discord.File(io.BytesIO(bytes(11 << 20)), "big.png"))


async def test_a_file_goes_up_with_a_callback(fake: FakeDiscord, bot: Bare) -> None:
    @bot.tree.command()
    async def mydata(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(file=discord.File(io.BytesIO(b"{}"), "data.json"), ephemeral=True)

    fake.push(EVENTS.slash("mydata", {}, GENERAL, CAMILLE))
    (call,) = await fake.sent("callback")
    assert [(one.name, one.content) for one in call.files] == [("data.json", b"{}")]


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_a_429_is_waited_out_by_the_library(fake: FakeDiscord, bot: Bare, scope: str) -> None:
    fake.fail("create_message", faults.flooded(0.05, scope))
    await general(bot).send("Hello")
    refused, taken = await fake.journal.tried("create_message", 2)
    assert (refused.status, taken.status) == (429, 200)
    assert taken.at - refused.at >= 0.05
    assert fake.journal.invalid == (scope != "shared")


@pytest.mark.parametrize("fault", [faults.banned(), faults.Fault(status=429, via=False)])
async def test_a_429_of_cloudflare_is_not_retried(fake: FakeDiscord, bot: Bare, fault: faults.Fault) -> None:
    fake.fail("create_message", fault)
    with pytest.raises(discord.HTTPException) as caught:
        await general(bot).send("Hello")
    assert caught.value.status == 429
    assert len(await fake.journal.tried("create_message")) == 1


async def test_a_limit_is_told_in_headers_and_holds(fake: FakeDiscord, bot: Bare) -> None:
    fake.rates.allow("create_message", 2, 0.05)
    start = time.monotonic()
    await asyncio.gather(*(general(bot).send(str(number)) for number in range(4)))
    assert time.monotonic() - start >= 0.05
    fake.rates.allow("create_message", 2, 60)
    url = f"{fake.api_url}/channels/{GENERAL['id']}/messages"
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        answers = [await session.post(url, json={"content": "Again"}) for _ in range(3)]
    assert answers[-1].status == 429
    assert answers[-1].headers["X-RateLimit-Scope"] == "user"
    assert 0 < (await answers[-1].json())["retry_after"] <= 60
    assert fake.journal.invalid >= 1


async def test_all_operations_together_have_a_limit(fake: FakeDiscord, bot: Bare) -> None:
    fake.rates.allow("*", 1, 0.05)
    await asyncio.gather(general(bot).send("One"), bot.fetch_user(7))
    assert [call.status for call in fake.journal.calls[-3:]].count(429) == 1


async def test_a_500_is_retried_by_the_library(fake: FakeDiscord, bot: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discord.http.asyncio", Hurried())
    fake.fail("create_message", faults.broken(500))
    await general(bot).send("Hello")
    assert [call.status for call in await fake.journal.tried("create_message", 2)] == [500, 200]


async def test_a_503_and_a_proxys_page_are_not(fake: FakeDiscord, bot: Bare) -> None:
    fake.fail("create_message", faults.broken(503))
    with pytest.raises(discord.DiscordServerError, match="503"):
        await general(bot).send("Hello")
    fake.fail("create_message", faults.page(403, "<h1>No way</h1>"))
    with pytest.raises(discord.Forbidden, match="No way"):
        await general(bot).send("Hello")


async def test_a_nonce_keeps_what_was_sent_from_being_sent_again(fake: FakeDiscord, bot: Bare) -> None:
    fake.fail("create_message", faults.unanswered())
    with pytest.raises((aiohttp.ClientError, OSError)):
        await general(bot).send("Once", nonce="outbox-1")
    again = await general(bot).send("Once", nonce="outbox-1")
    assert (again.nonce, len([one async for one in general(bot).history()])) == ("outbox-1", 1)
    await general(bot).send("Once", nonce="outbox-2")
    assert len([one async for one in general(bot).history()]) == 2


async def test_a_request_dropped_unread_has_no_effect(fake: FakeDiscord, bot: Bare) -> None:
    fake.fail("create_message", faults.dropped())
    with pytest.raises((aiohttp.ClientError, OSError)):
        await general(bot).send("Lost")
    assert await fake.journal.tried("create_message", 0) == []


async def test_a_direct_message_goes_to_one_channel_unless_they_are_closed(fake: FakeDiscord, bot: Bare) -> None:
    camille = await bot.fetch_user(7)
    sent = await camille.send("Hello")
    assert (await bot.http.start_private_message(7))["id"] == str(sent.channel.id)
    fake.world.closed.add(7)
    with pytest.raises(discord.Forbidden) as caught:
        await camille.send("Hello")
    assert caught.value.code == 50007


async def test_a_person_writes_to_the_bot(fake: FakeDiscord, bot: Bare) -> None:
    fake.push(
        EVENTS.message("Good evening", direct(99, CAMILLE), CAMILLE),
        EVENTS.message("Nobody reads this", GENERAL, CAMILLE),
        EVENTS.message("<@123456789012345678> hello", GENERAL, CAMILLE, mentions=[fake.world.me()]),
    )
    private, overheard, mention = await bot.hears("message", 3)
    assert (private.content, private.guild) == ("Good evening", None)
    assert (overheard.content, overheard.author.display_name) == ("", "Camille")
    assert mention.mentions == [bot.user]
    assert (await private.reply("Good evening")).channel == private.channel
    assert (await bot.http.start_private_message(7))["id"] == "99"
    assert mention.content.endswith("hello")


async def test_with_the_intent_all_is_read(fake: FakeDiscord) -> None:
    fake.world.privileged = CONTENT
    bot = Bare(discord.Intents(INTENTS.value | CONTENT))
    async with running(fake, bot):
        assert bot.application_flags.gateway_message_content_limited
        fake.push(EVENTS.message("Everybody reads this", GENERAL, CAMILLE))
        assert [one.content for one in await bot.hears("message")] == ["Everybody reads this"]


async def test_what_was_missed_is_fetched(fake: FakeDiscord, bot: Bare) -> None:
    texts = [EVENTS.message(str(number), GENERAL, CAMILLE) for number in range(4)]
    fake.push(*texts)
    after = discord.Object(int(texts[0]["d"]["id"]))
    missed = [one.content async for one in general(bot).history(after=after, limit=2)]
    assert missed == ["1", "2"]
    assert [one.content async for one in general(bot).history(limit=2)] == ["3", "2"]


async def test_a_file_somebody_sent_is_fetched(fake: FakeDiscord, bot: Bare) -> None:
    photo = fake.world.keep(Upload("photo.jpg", "image/jpeg", b"jpeg"), int(GENERAL["id"]))
    fake.push(EVENTS.message("", direct(99, CAMILLE), CAMILLE, attachments=[photo]))
    (message,) = await bot.hears("message")
    assert await message.attachments[0].read() == b"jpeg"


async def test_a_fault_hits_its_channel_so_often_and_no_more(fake: FakeDiscord, bot: Bare) -> None:
    fake.fail("create_message", faults.missing_permissions(), times=2, channel=int(GARDEN["id"]))
    garden = bot.get_partial_messageable(int(GARDEN["id"]))
    await general(bot).send("Bystander")
    for _ in range(2):
        with pytest.raises(discord.Forbidden) as caught:
            await garden.send("Refused")
        assert caught.value.code == 50013
    await garden.send("Taken")
    assert [call.content for call in await fake.sent("create_message")] == ["Bystander", "Taken"]


async def test_answers_and_handshakes_come_late(fake: FakeDiscord) -> None:
    for method, path in (("get_me", "/api/v10/users/@me"), ("gateway", "/")):
        fake.fail(method, faults.slow(0.02))
        start = time.monotonic()
        async with aiohttp.ClientSession(headers={"Authorization": TOKEN}) as session, session.get(fake.url + path):
            assert time.monotonic() - start >= 0.02


async def test_what_nobody_answers_here_is_noted(fake: FakeDiscord) -> None:
    async with running(fake, bot := Bare()):
        with pytest.raises(discord.NotFound):
            await bot.fetch_invite("plaza")
    assert fake.journal.unknown == ["GET /api/v10/invites/plaza"]


async def test_channels_are_closed_in_three_ways(fake: FakeDiscord, bot: Bare) -> None:
    codes = []
    for closed in (fake.world.readonly, fake.world.hidden):
        closed.add(general(bot).id)
        with pytest.raises(discord.Forbidden) as caught:
            await general(bot).send("Hello")
        codes.append(caught.value.code)
    with pytest.raises(discord.NotFound) as missing:
        await bot.fetch_channel(1)
    assert (codes, missing.value.code) == ([50013, 50001], 10003)


async def test_frames_are_compressed_for_those_who_ask(fake: FakeDiscord) -> None:
    async with aiohttp.ClientSession() as session:
        for query, kind in (("?compress=zlib-stream", aiohttp.WSMsgType.BINARY), ("", aiohttp.WSMsgType.TEXT)):
            async with session.ws_connect(f"{fake.gateway_url}{query}") as socket:
                hello = await socket.receive()
                assert hello.type is kind
