"""Polling over real sockets: an update is handled once, in its person's order, and none is passed over unkept."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.telegram.incoming import intake
from adapters.telegram.transport import backoff
from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound
from bot.ports.reply import Reply
from storage.engine.errors import StoreFull
from storage.engine.store import Store
from storage.traffic import inbox
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.running import running
from tests.sockets.updates import private, user

CAMILLE, NOOR, FLOOD = 11, 12, 13
MALFORMED: list[dict[str, Any]] = [
    {"message": 5},
    {"message": {"chat": {}}},
    {"callback_query": []},
    {},
    {"message": None},
    {"what": {"new": 1}},
]


async def test_malformed_updates_are_set_aside_told_without_their_content_and_their_neighbours_are_handled(
    home: Path, fake: FakeTelegram
) -> None:
    who, ideas = user(CAMILLE), [f"Idea {number}" for number in range(len(MALFORMED) + 1)]
    with capture_logs() as told:
        async with running(home, fake) as bot:
            fake.push({"message": {"text": "a secret"}})
            await fake.queue.emptied()
            await bot.quiet()
            assert [line["update"] for line in told if "update" in line] == ["unreadable"]
            fine = [bot.updates.message(f"/suggest {idea}", private(who), who) for idea in ideas]
            fake.push(fine[0], *(update for pair in zip(MALFORMED, fine[1:], strict=True) for update in pair))
            await bot.hears(CAMILLE, count=len(ideas))
            await bot.quiet()
            assert await bot.filed() == ideas
    assert "a secret" not in str(told)


async def test_an_update_that_comes_again_is_handled_once(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        update = bot.says(CAMILLE, "/suggest Open later")
        await bot.hears(CAMILLE)
        again = {**update, "update_id": 1}
        fake.push(again, again)
        bot.says(CAMILLE, "/mine")
        await bot.hears(CAMILLE, count=2)
        assert await bot.filed() == ["Open later"]
        assert len(bot.heard(CAMILLE)) == 2


async def test_an_update_twice_in_one_batch_is_handled_once(home: Path, fake: FakeTelegram) -> None:
    seen: list[str] = []
    async with running(home, fake, noting(seen)) as bot:
        who = user(CAMILLE)
        update = {**bot.updates.message("/suggest Open later", private(who), who), "update_id": 9}
        fake.push(update, update)
        await bot.hears(CAMILLE)
        await bot.quiet()
    assert seen == ["9"]


async def test_while_the_store_is_full_updates_stay_at_telegram(
    home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home, fake) as bot:
        await fake.journal.tried("getUpdates")
        with monkeypatch.context() as broken, capture_logs() as told:
            broken.setattr(inbox, "accept", refuse)
            bot.says(CAMILLE, "/suggest Open later")
            await fake.journal.tried("getUpdates", 4)
            assert len(fake.queue.pending) == 1
        assert [line["trouble"] for line in told if "trouble" in line] == [
            "updates wait at Telegram: The disk is full."
        ]
        await bot.hears(CAMILLE, "#1")
        assert await bot.filed() == ["Open later"]


async def test_what_only_reads_is_answered_once_while_the_store_is_full_and_the_rest_is_filed_later(
    home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(home, fake) as bot:
        bot.says(NOOR, "/suggest More light")
        await bot.hears(NOOR, "#1")
        with monkeypatch.context() as full:
            full.setattr(Store, "write", refuse_to_write)
            bot.says(CAMILLE, "/suggest Open later")
            bot.says(NOOR, "/mine")
            await bot.hears(NOOR, "More light", count=2)
            assert not bot.heard(CAMILLE)
            assert len(fake.queue.pending) == 2
        await bot.hears(CAMILLE, "#2")
        await bot.quiet()
        assert len([text for text in bot.heard(NOOR) if "Your feedback" in str(text)]) == 1
        assert await bot.filed() == ["More light", "Open later"]


async def refuse_to_write(*_: object) -> None:
    raise StoreFull("The disk is full.")


async def test_what_one_person_does_is_handled_in_order_and_a_slow_one_delays_nobody_else(
    home: Path, fake: FakeTelegram
) -> None:
    gate = asyncio.Event()
    async with running(home, fake, lambda handle: slow_at_first(held_for(str(CAMILLE), gate)(handle))) as bot:
        for number in range(10):
            bot.says(CAMILLE, f"/suggest Idea {number}")
        bot.says(NOOR, "/mine")
        await bot.hears(NOOR)
        assert not bot.heard(CAMILLE)
        gate.set()
        await bot.hears(CAMILLE, count=10)
        assert await bot.filed() == [f"Idea {number}" for number in range(10)]


async def test_what_follows_an_album_waits_for_it(
    home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "ALBUM_SECONDS", 0.1)
    seen: list[str] = []
    async with running(home, fake, noting(seen)) as bot:
        who = user(CAMILLE)
        first, second = bot.updates.album(["one", "two"], private(who), who, caption="/suggest See these")
        (number,) = fake.push(first)
        await fake.queue.emptied()
        _, last = fake.push(second, bot.updates.message("/mine", private(who), who))
        await bot.hears(CAMILLE, count=2)
        await bot.quiet()
    assert seen == [str(number), str(last)]


async def test_a_flood_from_one_person_starves_nobody(
    home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST_AT_ONCE", 20)
    fake.fail("sendMessage", faults.slow(3600), times=None, chat=FLOOD)
    async with running(home, fake) as bot:
        # More than are handled at once.
        for _ in range(30):
            bot.says(FLOOD, "/mine")
        await fake.queue.emptied()
        await bot.quiet()
        bot.says(NOOR, "/mine")
        await bot.hears(NOOR)
        assert len(bot.heard(FLOOD)) < 20


def noting(seen: list[str]) -> Any:
    """Note the events that reach the core."""

    def wrap(handle: Handle) -> Handle:
        async def handling(inbound: Inbound) -> Reply | None:
            seen.append(inbound.id)
            return await handle(inbound)

        return handling

    return wrap


def held_for(person: str, gate: asyncio.Event) -> Any:
    """A core that does nothing for one person until the gate is open."""

    def wrap(handle: Handle) -> Handle:
        async def handling(inbound: Inbound) -> Reply | None:
            if inbound.actor.id == person:
                await gate.wait()
            return await handle(inbound)

        return handling

    return wrap


def test_after_six_failures_in_a_row_polling_is_back_as_soon_as_the_librarys_own_loop() -> None:
    assert sum(backoff.DELAYS[:6]) <= 21 - 6 * 0.1
    assert max(backoff.DELAYS) <= 30


def refuse(*_: object) -> list[str]:
    raise StoreFull("The disk is full.")


def slow_at_first(handle: Handle) -> Handle:
    """A core that takes its time with the first thing that is done, and with nothing else."""
    slow: list[str] = []

    async def handling(inbound: Inbound) -> Reply | None:
        slow.append(inbound.id)
        await asyncio.sleep(0.02 if len(slow) == 1 else 0)
        return await handle(inbound)

    return handling
