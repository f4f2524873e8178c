"""Discord over real sockets: commands and forms are answered in time, also when many come at once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from adapters.discord.incoming import interactions
from adapters.discord.incoming.interactions import ACKNOWLEDGE_AFTER
from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound
from bot.ports.reply import Reply
from storage.engine.store import Store
from storage.models import Attachment
from tests.sockets.discord.answers import PNG, shown
from tests.sockets.discord.events import user
from tests.sockets.discord.running import CAMILLE, GENERAL, running
from tests.sockets.fakes.discord import FakeDiscord, faults
from tests.sockets.fakes.discord.rest.interactions import Answer
from tests.sockets.fakes.journal import Upload
from tests.sockets.running import until

PEOPLE = [user(100 + number, f"person{number}") for number in range(50)]


FEW = PEOPLE[:12]


def unanswered(fake: FakeDiscord) -> list[str]:
    """Interactions that ended as “the application did not respond”, or wait for ever."""
    ended = [one for one in fake.world.interactions.values() if one.answer is None or not shown(fake, {"d": one.data})]
    return [one.data["data"]["name"] for one in ended]


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


async def test_a_command_is_answered_in_time_and_stored_once_also_when_its_answer_is_refused_for_a_moment(
    home: Path, fake: FakeDiscord
) -> None:
    wrong = [faults.flooded(0.2), faults.broken(500), faults.broken(502), faults.page(502)]
    async with running(home, fake) as bot:
        event = bot.uses("suggest", text="Open later")
        await fake.sent("callback")
        assert "#1" in shown(fake, event)
        assert await bot.filed() == ["Open later"]
        for fault in wrong:
            fake.fail("callback", fault)
        events = [bot.uses("suggest", who, text=f"Idea {at}") for at, who in enumerate(PEOPLE[: len(wrong)])]
        await fake.sent("callback", 1 + len(wrong))
        assert all("#" in shown(fake, event) for event in events)
        assert len(await bot.filed()) == 1 + len(wrong)
    refused = [call.status for call in fake.journal.calls if call.method == "callback" and call.status >= 400]
    assert sorted(refused) == [429, 500, 502, 502]


async def test_fifty_people_at_once_are_each_answered_and_stored_once(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        events = [bot.uses("suggest", who, text=f"Idea {number}") for number, who in enumerate(PEOPLE)]
        await until(lambda: not unanswered(fake))
        assert sorted(await bot.filed()) == sorted(f"Idea {number}" for number in range(len(PEOPLE)))
        assert len({shown(fake, event) for event in events}) == len(PEOPLE)
    assert len(await fake.journal.tried("callback")) == len(PEOPLE)


async def test_with_a_store_that_stands_still_nobody_is_left_without_an_answer(home: Path, fake: FakeDiscord) -> None:
    async with running(home, fake) as bot:
        fake.world.patience = 3.0
        assert fake.world.patience / 2 >= ACKNOWLEDGE_AFTER
        with standing_still():
            for number, who in enumerate(FEW):
                bot.uses("suggest", who, text=f"Idea {number}")
            bot.uses("suggest")
            bot.uses("mine")
            await until(lambda: all(one.answer for one in fake.world.interactions.values()))
            assert answers(fake) == []
        await until(lambda: len(answers(fake)) == len(FEW) + 1)
        assert len(await bot.filed()) == len(FEW)
        late = [one.data["data"]["name"] for one in fake.world.interactions.values() if one.answer is None]
        assert late == []
    assert fake.journal.invalid == 0


def answers(fake: FakeDiscord) -> list[str]:
    """The answers that stand."""
    return [text for one in fake.world.interactions.values() if (text := shown(fake, {"d": one.data}))]


@contextmanager
def standing_still() -> Iterator[None]:
    """Nothing asked of the store is done before the end of the block; who asked is told to wait earlier than else."""
    going_on = asyncio.Event()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interactions, "ACKNOWLEDGE_AFTER", 0.05)
        for name in ("read", "write"):
            quick = getattr(Store, name)

            async def late(self: Store, job: Any, quick: Any = quick) -> Any:
                await going_on.wait()
                return await quick(self, job)

            patch.setattr(Store, name, late)
        yield
    going_on.set()


async def test_stopped_amid_an_answer_it_gives_it_first(home: Path, fake: FakeDiscord) -> None:
    begun = asyncio.Event()

    def taking_its_time(handle: Handle) -> Handle:
        async def slowly(inbound: Inbound) -> Reply | None:
            begun.set()
            await asyncio.sleep(0.05)
            return await handle(inbound)

        return slowly

    async with running(home, fake, taking_its_time) as bot:
        event = bot.uses("suggest", text="Open later")
        await begun.wait()
        bot.receiving.cancel()
        await asyncio.wait([bot.receiving])
        assert "#1" in shown(fake, event)
        assert await bot.filed() == ["Open later"]
