"""What must never happen again: answers that reach another, codes that work twice, drafts sent unconfirmed."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, select

from bot.core import Core
from bot.debts import FreshAnswer
from bot.delivery.courier import Courier
from bot.dispatch.community.invitation import invite, invited
from bot.ports.adapter import Address
from bot.ports.plain import plain
from bot.ports.reply import Reply, say
from storage.models import Outbox, Prompt
from storage.people import communities
from storage.traffic import outbox
from storage.vocabulary import Delivery
from tests.stage import BareStage, Person
from tests.unit.postman import owe


@dataclass
class Slow:
    """A platform that never finishes in one chat."""

    name: str = "bare"
    delivered: list[str] = field(default_factory=list)

    async def run(self) -> None: ...

    async def send(self, address: Address, reply: Reply) -> None:
        if address.id == "slow":
            await asyncio.Event().wait()
        self.delivered.append(plain(reply).strip())


async def test_the_id_of_a_row_that_is_gone_is_not_given_out_again(core: Core) -> None:
    first = await owe(core, "agora", "one")
    await core.store.write(lambda session: session.delete(session.get_one(Outbox, first)))
    assert await owe(core, "agora", "two") > first


async def test_what_was_sent_before_the_bot_had_to_stop_is_not_sent_again(core: Core) -> None:
    slow = Slow()
    await owe(core, "slow", "never")
    await owe(core, "quick", "news")
    draining = asyncio.create_task(Courier(core, {"bare": slow}).drain())
    async with asyncio.timeout(60):
        while not slow.delivered:
            await asyncio.sleep(0.01)
    draining.cancel()
    await asyncio.wait([draining])
    states = await core.store.read(lambda session: {row.id: row.state for row in session.exec(select(Outbox))})
    assert slow.delivered == ["news"]
    assert states[2] is Delivery.SENT


async def test_what_was_read_from_the_store_is_not_sent_again_when_it_is_passed_on_in_memory(core: Core) -> None:
    quick = Slow()
    courier, row = Courier(core, {"bare": quick}), await owe(core, "quick", "answer")
    await courier.drain()
    core.debts.push(
        FreshAnswer(row, "answer", "bare", Address("quick", False, "answer"), say("answer"), core.clock.now())
    )
    await courier.drain()
    assert quick.delivered == ["answer"]


async def test_an_address_that_cannot_be_read_holds_no_other_up(core: Core) -> None:
    def odd(session: Session) -> None:
        sealed = core.store.keys.seal(b'["bare", {"id": "x", "private": true, "key": "k", "detour": null, "new": 1}]')
        outbox.owe_answer(session, "odd", {}, sealed, "mark", core.clock.now())

    await core.store.write(odd)
    await owe(core, "agora", "news")
    slow = Slow()
    assert await Courier(core, {"bare": slow}).drain() == 1
    kept = await core.store.read(lambda session: session.get_one(Outbox, 1))
    assert (kept.state, kept.holder) == (Delivery.FAILED, None)


async def test_a_setup_code_is_good_once_also_after_the_place_has_gone_back(core: Core) -> None:
    keys, today = core.store.keys, core.clock.now().date()

    def job(session: Session) -> list[bool]:
        community = communities.every(session)[0]
        code = invite(keys, community, True, today)
        found = invited(session, keys, code, today)
        assert found
        used = [communities.use_code(session, *found)]
        for place in ("a", "b", "a"):
            communities.join_place(session, community.id, "bare", place, staff=True)
        session.refresh(community)
        return [*used, invited(session, keys, code, today + timedelta(days=0)) is not None]

    assert await core.store.write(job) == [True, False]


async def test_a_stale_send_sends_no_other_draft(stage: BareStage) -> None:
    noor = Person(stage, "noor")
    await noor.says("/problem")
    await noor.fills(text="first words", audience="everyone", name="nameless")
    first = stage.token(noor, "Send")
    await noor.presses("Cancel")
    await noor.says("/problem")
    await noor.fills(text="second words, not confirmed", audience="everyone", name="nameless")
    await stage.do(noor, button=first)
    noor.hears("This draft is gone")
    prompts = await stage.core.store.read(lambda session: list(session.exec(select(Prompt))))
    assert len(prompts) == 1


async def test_asking_is_counted_too(stage: BareStage) -> None:
    noor = Person(stage, "noor")
    for _ in range(61):
        await noor.says("/suggest")
    noor.hears("That is a lot at once, thank you.")
