"""The outbox: what is owed arrives, or waits, or is given up with its reason; nobody waits for another."""

import asyncio
import contextlib
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.core import Core
from bot.delivery.courier import Courier
from bot.delivery.outcomes import LONGEST_BACKOFF, MOST_ATTEMPTS
from bot.ports.adapter import Address, TryLater, Unreachable
from bot.ports.plain import plain
from bot.ports.reply import Reply, say
from storage.engine.errors import StoreFull
from storage.models import Outbox
from storage.people import members
from storage.traffic import outbox
from storage.vocabulary import Delivery
from tests.clock import StillClock
from tests.unit.postman import Postman, owe


async def owe_person(core: Core, account: str, platform: str = "bare") -> int:
    """Owe a message to a person."""

    def job(session: Session) -> int:
        who = members.resolve(session, platform, account, account, core.clock.now().date())
        key, payload = f"test:{platform}:{account}", core.codec.dump(say(f"News for {account}."))
        row = outbox.owe(session, key, payload, core.clock.now(), recipient_id=who.id)
        assert row
        return row.id

    return await core.store.write(job)


async def row(core: Core, number: int) -> Outbox:
    return await core.store.read(lambda session: session.get_one(Outbox, number))


async def test_what_is_owed_is_delivered_once_and_its_words_are_dropped(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    number = await owe(core, "agora")
    assert [await courier.drain(), await courier.drain()] == [1, 0]
    assert postman.delivered == [("agora", "News.")]
    kept = await row(core, number)
    assert (kept.state, kept.payload, kept.sent_at) == (Delivery.SENT, None, clock.now())
    # The same key is owed once.
    with pytest.raises(AssertionError):
        await owe(core, "agora")
    await core.store.write(lambda session: outbox.owe(session, "test:agora:News.", {}, core.clock.now(), place_id=1))
    await courier.drain()
    assert len(postman.delivered) == 1


async def test_what_is_owed_while_it_drains_is_left_for_later(
    core: Core, postman: Postman, courier: Courier, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def send(address: Address, reply: Reply) -> None:
        clock.forward(seconds=1)
        await owe(core, "agora", f"News {len(postman.delivered)}.")
        postman.delivered.append((address.id, plain(reply).strip()))
        assert len(postman.delivered) < 5, "a stopping bot would never end"

    monkeypatch.setattr(postman, "send", send)
    await owe(core, "agora")
    assert await courier.drain() == 1
    assert postman.delivered == [("agora", "News.")]


async def test_the_address_says_to_whom_and_carries_its_own_key(core: Core, courier: Courier, postman: Postman) -> None:
    await owe(core, "agora")
    await owe_person(core, "ines")
    await courier.drain()
    assert sorted(postman.addresses, key=lambda address: address.key) == [
        Address("agora", private=False, key="test:agora:News."),
        Address("ines", private=True, key="test:bare:ines"),
    ]


async def test_who_cannot_be_reached_is_given_up_with_the_reason_and_the_news_waits_for_them(
    core: Core, courier: Courier, postman: Postman
) -> None:
    number = await owe_person(core, "ines")
    postman.trouble["ines"] = Unreachable("blocked the bot")
    assert await courier.drain() == 0
    kept = await row(core, number)
    assert (kept.state, kept.error) == (Delivery.FAILED, "blocked the bot")
    assert kept.payload is not None
    await courier.drain()
    assert len(postman.addresses) == 1


async def test_a_platform_that_asks_for_time_gets_as_much_as_it_asks(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    cases: list[float] = [0.5, 7, 600, 7_200]
    for seconds in cases:
        number = await owe(core, "agora", f"News after {seconds}.")
        postman.trouble["agora"] = TryLater("flood", seconds)
        await courier.drain()
        kept = await row(core, number)
        assert (kept.state, kept.error) == (Delivery.WAITING, "flood"), seconds
        assert kept.next_at - clock.now() == timedelta(seconds=seconds), seconds
        postman.trouble.clear()
        clock.forward(seconds=seconds - 0.1)
        assert await courier.drain() == 0, seconds
        clock.forward(seconds=0.1)
        assert await courier.drain() == 1, seconds


async def test_without_a_wish_the_wait_grows_up_to_an_hour_and_after_many_attempts_it_is_given_up(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    number, waits = await owe(core, "agora"), []
    postman.trouble["agora"] = TryLater("network")
    for _ in range(14):
        await courier.drain()
        wait = (await row(core, number)).next_at - clock.now()
        waits.append(wait.total_seconds())
        clock.time += wait
    assert waits[:4] == [1, 2, 4, 8]
    assert waits == sorted(waits)
    assert max(waits) == LONGEST_BACKOFF.total_seconds()
    for _ in range(MOST_ATTEMPTS - 14 + 5):
        await courier.drain()
        clock.forward(hours=1)
    kept = await row(core, number)
    assert (kept.state, kept.error) == (Delivery.FAILED, "network")
    assert kept.payload, "an operator who mends the cause can have it sent"
    assert len(postman.addresses) == MOST_ATTEMPTS


async def test_an_adapters_fault_is_tried_again_and_holds_no_other_up(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    number = await owe(core, "agora")
    await owe(core, "forum")
    postman.trouble["agora"] = KeyError("a fault, with words of a member in it")
    assert await courier.drain() == 1
    assert postman.delivered == [("forum", "News.")]
    kept = await row(core, number)
    assert (kept.state, kept.error) == (Delivery.WAITING, "KeyError")
    postman.trouble.clear()
    clock.forward(minutes=1)
    assert await courier.drain() == 1


async def test_a_chat_that_must_wait_holds_no_other_up(core: Core, courier: Courier, postman: Postman) -> None:
    for place in ("agora", "forum", "market"):
        await owe(core, place)
    postman.trouble["agora"] = TryLater("flood", 60)
    postman.trouble["forum"] = Unreachable("gone")
    assert await courier.drain() == 1
    assert postman.delivered == [("market", "News.")]


async def test_more_than_a_page_that_must_wait_holds_no_other_up(
    core: Core, courier: Courier, postman: Postman
) -> None:
    for number in range(60):
        await owe(core, f"busy {number}")
        postman.trouble[f"busy {number}"] = TryLater("flood", 3_600)
    await owe(core, "agora")
    await courier.drain()
    await courier.drain()
    assert postman.delivered == [("agora", "News.")]


async def test_a_place_on_a_platform_that_is_off_waits_for_it_however_long_and_uses_up_no_attempt(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    number, off = await owe(core, "agora"), Courier(core, {})
    for _ in range(MOST_ATTEMPTS + 5):
        assert await off.drain() == 0
        clock.forward(hours=1)
    kept = await row(core, number)
    assert (kept.state, kept.error) == (Delivery.WAITING, "platform is off")
    postman.trouble["agora"] = TryLater("network")
    await courier.drain()
    kept = await row(core, number)
    assert (kept.state, kept.error) == (Delivery.WAITING, "network")
    postman.trouble.clear()
    clock.forward(hours=1)
    assert await courier.drain() == 1
    assert postman.delivered == [("agora", "News.")]


async def test_a_person_is_reached_where_the_bot_runs_and_waits_for_a_platform_that_is_off(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    number = await owe_person(core, "ines")
    assert await Courier(core, {}).drain() == 0
    assert (await row(core, number)).state is Delivery.WAITING
    clock.forward(hours=1)
    assert await courier.drain() == 1
    assert postman.delivered == [("ines", "News for ines.")]


async def test_a_person_is_reached_where_the_bot_runs(core: Core, postman: Postman, courier: Courier) -> None:
    def job(session: Session) -> int:
        who = members.resolve(session, "bare", "ines", "Inès", core.clock.now().date())
        row = outbox.owe(session, "k", core.codec.dump(say("News.")), core.clock.now(), recipient_id=who.id)
        assert row
        return row.id

    await core.store.write(job)
    assert await courier.drain() == 1
    assert postman.delivered == [("ines", "News.")]


async def test_what_is_owed_while_the_courier_runs_is_delivered_at_once(
    core: Core, courier: Courier, postman: Postman
) -> None:
    running = asyncio.create_task(courier.run())
    await asyncio.sleep(0.05)
    await owe(core, "agora")
    core.debts.notify()
    async with asyncio.timeout(60):
        while not postman.delivered:
            await asyncio.sleep(0.01)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert postman.delivered == [("agora", "News.")]


async def test_what_was_sent_and_could_not_be_marked_so_is_not_sent_again(
    core: Core, courier: Courier, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owe(core, "agora")

    async def full(*_: object) -> None:
        raise StoreFull("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(type(core.store), "write", full)
        for _ in range(2):
            with pytest.raises(StoreFull):
                await courier.drain()
    await courier.drain()
    assert postman.delivered == [("agora", "News.")]
    assert (await row(core, 1)).state is Delivery.SENT
