"""The outbox's lanes: in order within a chat, at once across chats, and nothing twice."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.core import Core
from bot.delivery.courier import Courier
from bot.ports.adapter import Address, Offline, TryLater, Uncertain
from bot.ports.plain import plain
from bot.ports.reply import Reply
from storage.models import Outbox
from storage.traffic import deliveries, outbox
from storage.vocabulary import Delivery
from tests.clock import StillClock
from tests.unit.postman import Postman, owe


@dataclass
class Slow:
    """A platform that takes its time in one chat, and notes what it was given."""

    name: str = "bare"
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    delivered: list[tuple[str, str]] = field(default_factory=list)

    async def run(self) -> None: ...

    async def send(self, address: Address, reply: Reply) -> None:
        if address.id == "slow":
            self.begun.set()
            await self.gate.wait()
        self.delivered.append((address.id, plain(reply).strip()))


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def courier(core: Core, postman: Postman) -> Courier:
    return Courier(core, {"bare": postman})


async def row(core: Core, number: int) -> Outbox | None:
    return await core.store.read(lambda session: deliveries.get(session, number))


async def test_what_goes_to_one_chat_arrives_in_order_and_a_slow_chat_holds_no_other_up(core: Core) -> None:
    slow = Slow()
    for words in ("one", "two"):
        await owe(core, "slow", words)
        await owe(core, "quick", words)
    draining = asyncio.create_task(Courier(core, {"bare": slow}).drain())
    await asyncio.wait_for(_until(lambda: len(slow.delivered) == 2), 60)
    assert slow.delivered == [("quick", "one"), ("quick", "two")]
    slow.gate.set()
    assert await draining == 4
    assert slow.delivered[2:] == [("slow", "one"), ("slow", "two")]


async def test_a_chat_that_must_wait_keeps_its_order_afterwards(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    for words in ("one", "two", "three"):
        await owe(core, "agora", words)
    postman.trouble["agora"] = TryLater("flood", 60)
    await courier.drain()
    assert len(postman.addresses) == 1, "the second and third are not tried before the first"
    postman.trouble.clear()
    clock.forward(seconds=59)
    assert await courier.drain() == 0
    clock.forward(seconds=2)
    await courier.drain()
    assert [words for _, words in postman.delivered] == ["one", "two", "three"]


@pytest.mark.parametrize("trouble", [TryLater("network"), TryLater("flood", 30), Offline("no network"), Uncertain("")])
async def test_a_clock_set_back_an_hour_leaves_no_chat_deaf(
    core: Core, courier: Courier, postman: Postman, clock: StillClock, trouble: Exception
) -> None:
    await owe(core, "agora", "one")
    postman.trouble["agora"] = trouble
    await courier.drain()
    postman.trouble.clear()
    clock.time -= timedelta(hours=1)
    await owe(core, "agora", "two")
    await courier.drain()
    clock.forward(minutes=1)
    await courier.drain()
    assert sorted(words.splitlines()[-1] for _, words in postman.delivered) == ["one", "two"]


async def test_what_may_have_arrived_is_repeated_once_in_a_place_and_then_kept_for_the_operator(
    core: Core, courier: Courier, postman: Postman, clock: StillClock
) -> None:
    number = await owe(core, "agora")
    postman.trouble["agora"] = Uncertain("the answer was lost")
    await courier.drain()
    clock.forward(minutes=1)
    await courier.drain()
    postman.trouble.clear()
    clock.forward(days=1)
    assert await courier.drain() == 0
    kept = await row(core, number)
    assert kept
    assert (kept.state, kept.error) == (Delivery.UNKNOWN, "the answer was lost")
    assert [one.id for one in await core.store.read(outbox.undelivered)] == [number]
    assert await core.store.write(lambda session: outbox.retry(session, number, clock.now()))
    assert await courier.drain() == 1
    ((_, words),) = postman.delivered
    assert words.startswith("Perhaps for the second time:")


async def test_what_was_erased_while_it_waited_behind_others_is_not_sent(core: Core, clock: StillClock) -> None:
    slow = Slow()
    await owe(core, "slow", "one")
    number = await owe(core, "slow", "a secret")
    draining = asyncio.create_task(Courier(core, {"bare": slow}).drain())
    await slow.begun.wait()
    await core.store.write(lambda session: session.delete(session.get_one(Outbox, number)))
    clock.forward(seconds=10)
    slow.gate.set()
    await draining
    assert slow.delivered == [("slow", "one")]


async def _until(true: object) -> None:
    while not true():  # type: ignore[operator]
        await asyncio.sleep(0.01)
