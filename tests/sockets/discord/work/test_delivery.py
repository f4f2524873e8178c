"""Answers and deliveries over real sockets: in time, once, and what becomes of those Discord refuses or loses."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.ports.reply import Image, Paragraph, Reply, say
from storage.traffic import outbox
from storage.vocabulary import Delivery
from tests.sockets.discord.answers import PNG, shown
from tests.sockets.discord.events import channel, guild, joined
from tests.sockets.discord.running import CAMILLE, GARDEN, GENERAL, Hurried, Running, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.faults import Fault
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.running import until

MANY = 20


async def test_a_picture_goes_up_with_its_words(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        reply = Reply((Paragraph("The week."), Image(PNG, "Twelve voices")))
        await bot.became(await bot.owe("digest:1", reply), Delivery.SENT)
        posted = [one for one in fake.world.messages[int(GENERAL["id"])].values() if one["attachments"]]
        assert [one["attachments"][0]["description"] for one in posted] == ["Twelve voices"]
        assert [file.content for call in await fake.sent("create_message") for file in call.files] == [PNG]


async def test_a_delivery_that_failed_or_whose_answer_was_lost_is_one_message_in_the_end(
    home: Path, fake: FakeDiscord
) -> None:
    wrong = [faults.unanswered(), faults.broken(503), faults.page(503)]
    channels = [channel((20 + number) << 22, f"room{number}") for number in range(len(wrong))]
    fake.push(joined(guild(3 << 30, "Rooms", channels)))
    clock, later = MovableClock(), timedelta(minutes=1)
    async with running(home, fake, clock=clock) as bot:
        numbers = []
        with pytest.MonkeyPatch.context() as patch:
            for wait in ("FIRST_BACKOFF", "PLACE_REPEAT"):
                patch.setattr(f"bot.delivery.outcomes.{wait}", later)
            for fault, where in zip(wrong, channels, strict=True):
                fake.fail("create_message", fault, times=None, channel=int(where["id"]))
                numbers.append(await bot.owe(f"digest:{where['id']}", say("The digest."), where))
                await until(lambda: not bot.core.debts._changed.is_set() and not bot.courier._in_flight)
        assert [(await bot.row(number)).state for number in numbers] == [Delivery.WAITING] * len(wrong)
        assert [bot.posts(where) for where in channels] == [["The digest."], [], []]
        fake.faults.clear()
        fake.fail("create_message", faults.dropped())
        clock.move_to(clock.now() + later)
        for number in numbers:
            await bot.became(number, Delivery.SENT)
        assert [bot.posts(where) for where in channels] == [["The digest."]] * len(wrong)
        assert not fake.faults.take("create_message", 0, unread=True), "one was dropped on the way"
    tried = await fake.journal.tried("create_message")
    assert all(call.payload["enforce_nonce"] for call in tried)
    assert len({call.payload["nonce"] for call in tried}) == len(channels) < len(tried)


async def test_what_may_have_been_posted_too_long_ago_for_its_nonce_is_repeated_once_and_marked(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.outgoing.sending.NONCE_LIFETIME", timedelta(0))
    monkeypatch.setattr("discord.http.asyncio", Hurried())
    async with running(home, fake) as bot:
        for place, fault in ((GENERAL, faults.unanswered()), (GARDEN, faults.page(504))):
            fake.fail("create_message", fault, times=5 if fault.status else 1)
            await bot.became(await bot.owe(f"digest:{place['id']}", say("The digest."), place), Delivery.SENT)
            (posted,) = (words for words in bot.posts(place) if "The digest." in words)
            # The fake knows a nonce for ever, so what was posted the first time is not posted again.
            assert posted.startswith("Perhaps for the second time:") == bool(fault.status)


async def test_what_was_surely_not_posted_is_sent_however_late(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.outgoing.sending.NONCE_LIFETIME", timedelta(0))
    async with running(home, fake) as bot:
        for place, fault in ((GENERAL, faults.broken(503)), (GARDEN, faults.page(503))):
            fake.fail("create_message", fault)
            await bot.became(await bot.owe(f"digest:{place['id']}", say("The digest."), place), Delivery.SENT)
            assert bot.posts(place) == ["The digest."]


async def test_news_to_a_person_are_rather_sent_twice_than_never(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.outgoing.sending.NONCE_LIFETIME", timedelta(0))
    async with running(home, fake) as bot:
        fake.fail("create_message", faults.dropped())
        await bot.became(await bot.owe_person("notice:1", say("News.")), Delivery.SENT)


async def test_a_reply_of_several_messages_goes_on_where_it_failed(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        lines = tuple(Paragraph(f"{number} " + "x" * 1900) for number in range(3))
        fake.fail("create_message", faults.slow(0.01))
        fake.fail("create_message", faults.broken(503))
        await bot.became(await bot.owe("digest:1", Reply(lines)), Delivery.SENT)
        assert [text[0] for text in bot.posts()] == ["0", "1", "2"]
        assert len(await fake.journal.tried("create_message")) == 4


async def test_closed_direct_messages_are_noted_and_not_tried_again(home: Path, fake: FakeDiscord) -> None:
    fake.world.closed.add(int(CAMILLE["id"]))
    async with running(home, fake) as bot:
        left = await bot.became(await bot.owe_person("notice:1", say("News.")), Delivery.FAILED)
        assert "Cannot send messages to this user" in left.error
        await bot.became(await bot.owe("digest:1", say("The digest.")), Delivery.SENT)
    assert len(await fake.journal.tried("create_message")) == 2
    assert fake.journal.invalid == 1


async def test_a_channel_that_cannot_be_written_to_is_noted_and_not_tried_again(home: Path, fake: FakeDiscord) -> None:
    wrong = (faults.missing_permissions(), faults.missing_access(), faults.lost_channel())
    channels = [channel((20 + number) << 22, f"room{number}") for number in range(len(wrong))]
    fake.push(joined(guild(3 << 30, "Rooms", channels)))
    async with running(home, fake) as bot:
        # At its start the bot posts again what was refused before.
        await until(lambda: not bot.discord._after_connect)
        for one, fault in zip(channels, wrong, strict=True):
            fake.fail("create_message", fault, times=None, channel=int(one["id"]))
            left = await bot.became(await bot.owe(f"digest:{one['id']}", say("The digest."), one), Delivery.FAILED)
            assert fault.message in left.error
    tried = [call.channel for call in await fake.journal.tried("create_message")]
    assert [tried.count(int(one["id"])) for one in channels] == [1] * len(wrong)


async def waiting(bot: Running, numbers: list[int], seconds: float) -> None:
    """Wait until deliveries are all put off for longer; fails when they are not."""
    async with asyncio.timeout(PATIENCE):
        while True:
            rows = [await bot.row(number) for number in numbers]
            if min((row.next_at - bot.core.clock.now()).total_seconds() for row in rows) > seconds:
                break
            await asyncio.sleep(0.01)
    assert {row.state for row in rows} == {Delivery.WAITING}


@pytest.mark.parametrize("fault", [faults.revoked(), faults.banned()])
async def test_a_bot_that_is_refused_altogether_says_so_and_does_not_hammer(
    home: Path, fake: FakeDiscord, fault: Fault
) -> None:
    channels = [channel((20 + number) << 22, f"room{number}") for number in range(MANY)]
    fake.push(joined(guild(3 << 30, "Rooms", channels)))
    with capture_logs() as told:
        async with running(home, fake) as bot:
            fake.fail("create_message", fault, times=None)
            numbers = [await bot.owe(f"digest:{one['id']}", say("The digest."), one) for one in channels]
            await waiting(bot, numbers, 30)
    assert fake.journal.invalid <= MANY, fake.journal.invalid
    assert [line for line in told if "Discord refuses" in str(line.get("trouble"))]


async def test_a_long_rate_limit_parks_one_channel_alone(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        fake.fail("create_message", faults.flooded(3_600), channel=int(GENERAL["id"]))
        parked = await bot.owe("digest:1", say("The digest."))
        await fake.journal.tried("create_message")
        await until(lambda: not bot.courier._lanes)
        behind = await bot.owe("digest:2", say("Another."))
        await bot.became(await bot.owe("digest:3", say("The digest."), GARDEN), Delivery.SENT)
        await bot.became(await bot.owe_person("notice:1", say("News.")), Delivery.SENT)
        event = bot.uses("suggest", text="Open later")
        await fake.sent("callback")
        assert "#1" in shown(fake, event), "answering in that channel goes on"
        rows = [await bot.row(number) for number in (parked, behind)]
        waits = [(row.next_at - bot.core.clock.now()).total_seconds() for row in rows]
        assert all(3_000 < wait <= 3_600 for wait in waits), waits
        assert [row.attempts for row in rows] == [0, 0]
    assert len(await fake.journal.tried("create_message")) == 3


async def test_what_is_owed_before_the_line_stands_is_delivered_soon_after(home: Path, fake: FakeDiscord) -> None:
    await fake.stop()
    with capture_logs() as told:
        async with running(home, fake, ready=False) as bot:
            number = await bot.owe("digest:1", say("The digest."))
            await until(lambda: told)
            await fake.start()
            await bot.became(number, Delivery.SENT)
            assert bot.posts() == ["The digest."]
            assert not await bot.core.store.read(outbox.waiting_count)
