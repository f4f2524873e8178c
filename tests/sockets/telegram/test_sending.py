"""Sending over real sockets: what Telegram refuses, what is lost on the way, and what becomes of it."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select
from structlog.testing import capture_logs

from adapters.telegram.outgoing import refusals, sending
from adapters.telegram.outgoing.drawing.render import Outgoing
from bot.clock import MovableClock
from bot.delivery.outcomes import MOST_REPEATS
from bot.ports.reply import Paragraph, Reply, say
from storage.models import Outbox, Place
from storage.people import communities, members
from storage.traffic import outbox
from storage.vocabulary import Delivery
from tests.sockets.fakes.journal import PATIENCE
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.fakes.telegram.faults import Fault
from tests.sockets.running import Running, running, until

CAMILLE, NOOR = 11, 12
GROUP, NEW = -100_123, -100_456
LOST = [faults.dropped(), faults.unanswered()]


async def owe(bot: Running, reply: Reply, place: str = str(GROUP)) -> int:
    """Owe a place a digest, or whatever nobody waits for."""

    def job(session: Session) -> int:
        home = communities.every(session)[0]
        kept = communities.join_place(session, home.id, "telegram", place, staff=False)
        row = outbox.owe(session, f"digest:{place}", bot.core.codec.dump(reply), bot.core.clock.now(), place_id=kept.id)
        assert row
        return row.id

    number = await bot.core.store.write(job)
    bot.core.debts.notify()
    return number


async def owe_person(bot: Running, person: int, words: str) -> int:
    """Owe a person news."""

    def job(session: Session) -> int:
        who = members.resolve(session, "telegram", str(person), f"Person {person}", bot.core.clock.now().date())
        row = outbox.owe(
            session, f"notice:{person}", bot.core.codec.dump(say(words)), bot.core.clock.now(), recipient_id=who.id
        )
        assert row
        return row.id

    number = await bot.core.store.write(job)
    bot.core.debts.notify()
    return number


async def row(bot: Running, number: int) -> Outbox:
    return await bot.core.store.read(lambda session: session.get_one(Outbox, number))


async def became(bot: Running, number: int, state: Delivery) -> Outbox:
    """Wait until a delivery is in a state, and everything is settled."""
    async with asyncio.timeout(PATIENCE):
        while True:
            # Looked at first: what is read while it is being delivered may be what it was before.
            settled = not bot.courier._lanes
            found = await row(bot, number)
            if settled and found.state is state:
                return found
            await asyncio.sleep(0.002)


async def test_a_flooded_chat_waits_as_long_as_asked_and_others_go_on(home: Path, fake: FakeTelegram) -> None:
    clock = MovableClock()
    async with running(home, fake, clock=clock) as bot:
        fake.fail("sendMessage", faults.flooded(3_000), chat=CAMILLE)
        began = clock.now()
        bot.says(CAMILLE, "/suggest Open later")
        await fake.journal.tried("sendMessage")
        await until(lambda: not bot.courier._lanes)
        bot.says(CAMILLE, "/suggest Close earlier")
        bot.says(NOOR, "/mine")
        await bot.hears(NOOR)
        assert not bot.heard(CAMILLE), "the others do not wait with her"
        await _all_wait(bot, began + timedelta(seconds=3_000), count=2)
        clock.move_to(clock.now() + timedelta(seconds=3_000))
        bot.core.debts.notify()
        first, second = await bot.hears(CAMILLE, count=2)
        assert "#1" in first.shown, "what waited keeps its order"
        assert "#2" in second.shown


async def _all_wait(bot: Running, until_: datetime, count: int) -> None:
    """Wait until so many deliveries wait for an instant, or longer."""
    async with asyncio.timeout(PATIENCE):
        while True:
            waiting = await bot.core.store.read(lambda session: session.exec(select(Outbox.next_at)).all())
            if sum(at >= until_ for at in waiting) == count:
                break
            await asyncio.sleep(0.002)


async def test_an_answer_that_failed_or_was_lost_is_sent_again(home: Path, fake: FakeTelegram) -> None:
    wrong = (faults.broken(500), faults.broken(502), faults.page(), *LOST)
    ideas = [f"Idea {number}" for number in range(1, len(wrong) + 1)]
    async with running(home, fake) as bot:
        for number, fault in enumerate(wrong, 1):
            fake.fail("sendMessage", fault)
            bot.says(CAMILLE, f"/suggest Idea {number}")
            await _told(bot, f"#{number}")
        assert await bot.filed() == ideas


async def _told(bot: Running, words: str) -> None:
    """Wait until Camille was told something, and everything is settled."""
    await until(lambda: bool(bot.heard(CAMILLE)) and words in bot.heard(CAMILLE)[-1].shown)
    await until(lambda: not bot.courier._lanes)


async def test_an_answer_that_is_lost_each_time_is_repeated_a_few_times_and_then_left_to_the_operator(
    home: Path, fake: FakeTelegram
) -> None:
    async with running(home, fake) as bot:
        fake.fail("sendMessage", faults.unanswered(), times=None)
        bot.says(CAMILLE, "/suggest Open later")
        await bot.hears(CAMILLE, count=1 + MOST_REPEATS)
        await until(lambda: not bot.courier._lanes)
        (left,) = await bot.core.store.read(outbox.undelivered)
        assert left.state is Delivery.UNKNOWN
        assert len(bot.heard(CAMILLE)) == 1 + MOST_REPEATS


async def test_a_digest_that_telegram_refused_for_now_is_sent_once_it_takes_it(home: Path, fake: FakeTelegram) -> None:
    clock = MovableClock()
    async with running(home, fake, clock=clock) as bot:
        await fake.journal.tried("getUpdates")
        for place, fault, tried in ((GROUP, faults.broken(), 1), (NEW, faults.flooded(60), 3)):
            fake.fail("sendMessage", fault)
            number = await owe(bot, say("The digest."), str(place))
            await fake.journal.tried("sendMessage", tried)
            clock.move_to(clock.now() + timedelta(minutes=1))
            await became(bot, number, Delivery.SENT)
            assert len(bot.heard(place)) == 1


async def test_who_cannot_be_written_to_is_noted_and_not_tried_again(home: Path, fake: FakeTelegram) -> None:
    wrong = dict(enumerate((faults.blocked(), faults.not_started(), faults.kicked(), faults.lost_chat()), 21))
    async with running(home, fake) as bot:
        for number, (person, fault) in enumerate(wrong.items(), 1):
            fake.fail("sendMessage", fault, times=None, chat=person)
            bot.says(person, f"/suggest Idea {number}")
            await fake.journal.tried("sendMessage", 2 * number - 1)
            bot.says(NOOR, "/help")
            await bot.hears(NOOR, count=number)
        left = await bot.core.store.read(lambda session: session.exec(select(Outbox).order_by(col(Outbox.id))).all())
        failed = [one for one in left if one.error]
        assert [one.state for one in failed] == [Delivery.FAILED] * len(wrong)
        for one, fault in zip(failed, wrong.values(), strict=True):
            assert one.error.lower() in fault.description.lower()
        assert await bot.filed() == [f"Idea {number}" for number in range(1, len(wrong) + 1)]


async def test_a_group_that_moved_is_followed_in_the_store_too(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        fake.fail("sendMessage", faults.migrated(NEW), times=None, chat=GROUP)
        await became(bot, await owe(bot, say("The digest.")), Delivery.SENT)
        (call,) = bot.heard(NEW)
        assert call.shown == "The digest."
        places = await bot.core.store.read(lambda session: session.exec(select(Place).order_by(col(Place.id))).all())
        assert [place.external_id for place in places] == [str(NEW)]


async def test_a_lost_topic_falls_back_to_the_general_one_and_is_told_once(home: Path, fake: FakeTelegram) -> None:
    with capture_logs() as told:
        async with running(home, fake) as bot:
            await fake.journal.tried("getUpdates")
            fake.fail("sendMessage", faults.lost_thread(), times=1, chat=GROUP)
            long = "A sentence that fills the page. " * 200
            await became(bot, await owe(bot, say(long), f"{GROUP}:77"), Delivery.SENT)
            first, *_ = bot.heard(GROUP)
            assert "message_thread_id" not in first.parameters
    assert len([line for line in told if "topic" in str(line.get("mend"))]) == 1


async def test_a_refused_token_while_sending_is_said_and_nothing_is_lost_nor_by_markup_that_telegram_cannot_read(
    home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "REFUSED_RETRY", 0.02)
    with capture_logs() as told:
        async with running(home, fake) as bot:
            fake.fail("sendMessage", faults.revoked())
            bot.says(CAMILLE, "/help")
            await bot.hears(CAMILLE)
            # News of somebody who was met arrive, and what cannot be read as the same words.
            await owe_person(bot, CAMILLE, "News.")
            await bot.hears(CAMILLE, "News.", count=2)
            monkeypatch.setattr(sending, "render", lambda _: (Outgoing("<b>1 &lt; 2</b> &amp; <i>so on"),))
            bot.says(NOOR, "/help")
            (call,) = await bot.hears(NOOR)
            assert (call.shown, call.parameters.get("parse_mode")) == ("1 < 2 & so on", None)
    assert [line for line in told if "telegram.token" in str(line.get("mend"))]


async def test_a_reply_of_several_messages_goes_on_where_it_failed(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        lines = tuple(Paragraph(f"{number} " + "x" * 3000) for number in range(3))
        fake.fail("sendMessage", Fault())
        fake.fail("sendMessage", faults.broken())
        await became(bot, await owe(bot, Reply(lines)), Delivery.SENT)
        assert [call.shown[0] for call in bot.heard(GROUP)] == ["0", "1", "2"]
        assert len(await fake.journal.tried("sendMessage")) == 4
