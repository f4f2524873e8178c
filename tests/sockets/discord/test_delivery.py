"""Answers and deliveries over real sockets: in time, once, and what becomes of those Discord refuses or loses."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from adapters.discord.incoming import interactions
from adapters.discord.incoming.interactions import ACKNOWLEDGE_AFTER
from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound
from bot.ports.reply import Image, Paragraph, Reply, say
from storage import outbox
from storage.engine.store import Store
from storage.models import Attachment
from storage.vocabulary import Delivery
from tests.sockets.discord.events import JSON, channel, guild, joined, user
from tests.sockets.discord.running import CAMILLE, GARDEN, GENERAL, Hurried, Running, plaza, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.faults import Fault
from tests.sockets.fakes.discord.interactions import Answer
from tests.sockets.fakes.telegram.journal import PATIENCE, Upload
from tests.sockets.running import until

PEOPLE = [user(100 + number, f"person{number}") for number in range(50)]
FEW = PEOPLE[:12]
SLOW = 1.0
MANY = 20
PNG = b"\x89PNG\r\n\x1a\n a picture"


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with plaza() as fake:
        yield fake
        assert fake.journal.unknown == []


def shown(fake: FakeDiscord, event: JSON) -> str:
    """What stands as the answer to an interaction, deferred or not."""
    done = fake.world.interactions[event["d"]["token"]]
    return str(fake.world.messages[done.channel][done.original or 0]["content"]) if done.original else ""


def unanswered(fake: FakeDiscord) -> list[str]:
    """Interactions that ended as “the application did not respond”, or wait for ever."""
    ended = [one for one in fake.world.interactions.values() if one.answer is None or not shown(fake, {"d": one.data})]
    return [one.data["data"]["name"] for one in ended]


async def test_a_command_is_answered_in_time_and_stored_once(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        event = bot.uses("suggest", text="Open later")
        await fake.sent("callback")
        assert "#1" in shown(fake, event)
        assert await bot.filed() == ["Open later"]


async def test_a_form_opens_and_what_is_sent_with_it_is_kept(home: Path, fake: FakeDiscord) -> None:
    picture = fake.world.keep(Upload("queue.png", "image/png", PNG))
    async with running(home, fake) as bot:
        bot.uses("suggest")
        (opened,) = await fake.sent("callback")
        assert opened.payload["type"] == Answer.MODAL
        sent = bot.events.submit(opened.message, {"text": "Open later", "file": [picture]}, GENERAL, CAMILLE)
        fake.push(sent)
        await fake.sent("callback", 2)
        assert "#1" in shown(fake, sent)
        kept = await bot.core.store.read(lambda session: list(session.exec(select(Attachment))))
        assert [(one.name, one.content) for one in kept] == [("queue.png", PNG)]
        assert await bot.filed() == ["Open later"]


async def test_a_picture_goes_up_with_its_words(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        reply = Reply((Paragraph("The week."), Image(PNG, "Twelve voices")))
        await bot.became(await bot.owe("digest:1", reply), Delivery.SENT)
        posted = [one for one in fake.world.messages[int(GENERAL["id"])].values() if one["attachments"]]
        assert [one["attachments"][0]["description"] for one in posted] == ["Twelve voices"]
        assert [file.content for call in await fake.sent("create_message") for file in call.files] == [PNG]


async def test_an_answer_that_is_refused_for_a_moment_is_given_again_in_time(home: Path, fake: FakeDiscord) -> None:
    wrong = [faults.flooded(0.2), faults.broken(500), faults.broken(502), faults.page(502)]
    for fault in wrong:
        fake.fail("callback", fault)
    async with running(home, fake) as bot:
        events = [bot.uses("suggest", who, text="Open later") for who in PEOPLE[: len(wrong)]]
        await fake.sent("callback", len(wrong))
        assert all("#" in shown(fake, event) for event in events)
        assert len(await bot.filed()) == len(wrong)
    refused = [call.status for call in fake.journal.calls if call.method == "callback" and call.status >= 400]
    assert sorted(refused) == [429, 500, 502, 502]


async def test_a_delivery_that_failed_or_whose_answer_was_lost_is_one_message_in_the_end(
    home: Path, fake: FakeDiscord
) -> None:
    wrong = [faults.unanswered(), faults.broken(503), faults.page(503)]
    channels = [channel((20 + number) << 22, f"room{number}") for number in range(len(wrong))]
    fake.push(joined(guild(3 << 30, "Rooms", channels)))
    async with running(home, fake) as bot:
        numbers = []
        for fault, where in zip(wrong, channels, strict=True):
            fake.fail("create_message", fault, times=None, channel=int(where["id"]))
            numbers.append(await bot.owe(f"digest:{where['id']}", say("The digest."), where))
            await until(lambda: not bot.core.debts._changed.is_set() and not bot.courier._in_flight)
        assert [(await bot.row(number)).state for number in numbers] == [Delivery.WAITING] * len(wrong)
        assert [bot.posts(where) for where in channels] == [["The digest."], [], []]
        fake.faults.clear()
        fake.fail("create_message", faults.dropped())
        for number in numbers:
            await bot.became(number, Delivery.SENT)
        assert [bot.posts(where) for where in channels] == [["The digest."]] * len(wrong)
        assert not fake.faults.take("create_message", 0, unread=True), "one was dropped on the way"
    tried = await fake.journal.tried("create_message")
    assert all(call.payload["enforce_nonce"] for call in tried)
    assert len({call.payload["nonce"] for call in tried}) == len(channels) < len(tried)


@pytest.mark.parametrize("fault", [faults.unanswered(), faults.page(504)])
async def test_what_may_have_been_posted_too_long_ago_for_its_nonce_is_for_a_person_to_decide(
    home: Path, fake: FakeDiscord, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.outgoing.sending.NONCE_LIFETIME", timedelta(0))
    monkeypatch.setattr("discord.http.asyncio", Hurried())
    async with running(home, fake) as bot:
        fake.fail("create_message", fault, times=5 if fault.status else 1)
        number = await bot.owe("digest:1", say("The digest."))
        async with asyncio.timeout(PATIENCE):
            while "too long ago" not in (left := await bot.row(number)).error:
                await asyncio.sleep(0.01)
        assert left.state is Delivery.UNKNOWN
        tried = len(fake.journal._tried["create_message"])
        await bot.became(await bot.owe("digest:2", say("Another.")), Delivery.SENT)
        assert bot.posts().count("The digest.") == (0 if fault.status else 1)
        assert len(fake.journal._tried["create_message"]) == tried + 1


@pytest.mark.parametrize("fault", [faults.broken(503), faults.page(503)])
async def test_what_was_surely_not_posted_is_sent_however_late(
    home: Path, fake: FakeDiscord, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.outgoing.sending.NONCE_LIFETIME", timedelta(0))
    async with running(home, fake) as bot:
        fake.fail("create_message", fault)
        await bot.became(await bot.owe("digest:1", say("The digest.")), Delivery.SENT)
        assert bot.posts() == ["The digest."]


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
        fake.fail("create_message", faults.slow(0.05))
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


@pytest.mark.parametrize("fault", [faults.missing_permissions(), faults.missing_access(), faults.lost_channel()])
async def test_a_channel_that_cannot_be_written_to_is_noted_and_not_tried_again(
    home: Path, fake: FakeDiscord, fault: Fault
) -> None:
    async with running(home, fake) as bot:
        fake.fail("create_message", fault, times=None)
        left = await bot.became(await bot.owe("digest:1", say("The digest.")), Delivery.FAILED)
        assert fault.message in left.error
    assert len(await fake.journal.tried("create_message")) == 1


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


async def test_fifty_people_at_once_are_each_answered_and_stored_once(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        events = [bot.uses("suggest", who, text=f"Idea {number}") for number, who in enumerate(PEOPLE)]
        await until(lambda: not unanswered(fake))
        assert sorted(await bot.filed()) == sorted(f"Idea {number}" for number in range(len(PEOPLE)))
        assert len({shown(fake, event) for event in events}) == len(PEOPLE)
    assert len(await fake.journal.tried("callback")) == len(PEOPLE)


async def test_with_a_slow_store_nobody_is_left_without_an_answer(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home, fake) as bot:
        slowed(monkeypatch)
        monkeypatch.setattr(interactions, "ACKNOWLEDGE_AFTER", ACKNOWLEDGE_AFTER)
        fake.world.patience = 3.0
        for number, who in enumerate(FEW):
            bot.uses("suggest", who, text=f"Idea {number}")
        bot.uses("suggest")
        bot.uses("mine")
        await until(lambda: len(fake.journal.counts()) and len(answers(fake)) == len(FEW) + 1)
        monkeypatch.undo()
        assert len(await bot.filed()) == len(FEW)
        late = [one.data["data"]["name"] for one in fake.world.interactions.values() if one.answer is None]
        assert late == []
    assert fake.journal.invalid == 0


def answers(fake: FakeDiscord) -> list[str]:
    """The answers that stand."""
    return [text for one in fake.world.interactions.values() if (text := shown(fake, {"d": one.data}))]


def slowed(patch: pytest.MonkeyPatch) -> None:
    """Everything asked of the store takes a second more."""
    for name in ("read", "write"):
        quick = getattr(Store, name)

        async def slow(self: Store, job: Any, quick: Any = quick) -> Any:
            await asyncio.sleep(SLOW)
            return await quick(self, job)

        patch.setattr(Store, name, slow)


async def test_stopped_amid_an_answer_it_gives_it_first(home: Path, fake: FakeDiscord) -> None:
    begun = asyncio.Event()

    def taking_its_time(handle: Handle) -> Handle:
        async def slowly(inbound: Inbound) -> Reply | None:
            begun.set()
            await asyncio.sleep(0.3)
            return await handle(inbound)

        return slowly

    async with running(home, fake, taking_its_time) as bot:
        event = bot.uses("suggest", text="Open later")
        await begun.wait()
        bot.receiving.cancel()
        await asyncio.wait([bot.receiving])
        assert "#1" in shown(fake, event)
        assert await bot.filed() == ["Open later"]


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
