"""An update that stops the bot is set aside, kept for the operator, and what follows is handled."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.telegram.incoming import intake
from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound
from bot.ports.reply import Reply
from storage.traffic import inbox
from storage.traffic.inbox import Arrival
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.running import Running, running, until
from tests.sockets.telegram.test_polling import held_for
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


async def test_what_fails_each_time_is_set_aside_and_what_follows_is_handled(home: Path, fake: FakeTelegram) -> None:
    def broken(handle: Handle) -> Handle:
        async def handling(inbound: Inbound) -> Reply | None:
            if "poison" in inbound.text:
                raise KeyError(inbound.text)
            return await handle(inbound)

        return handling

    with capture_logs() as told:
        async with running(home, fake, broken) as bot:
            bot.says(CAMILLE, "/suggest poison")
            bot.says(CAMILLE, "/suggest Open later")
            await bot.hears(CAMILLE, count=2)
            await bot.quiet()
            assert any("Something went wrong on our side" in call.shown for call in bot.heard(CAMILLE))
            assert any("#1" in call.shown for call in bot.heard(CAMILLE))
            (aside,) = await bot.core.store.read(inbox.parked)
            assert aside.why == "KeyError"
            assert await bot.core.store.write(lambda session: inbox.unpark(session, aside.event_id))
        async with running(home, fake) as bot:
            await bot.quiet()
            assert await bot.filed() == ["Open later", "poison"]
    assert [line["error"] for line in told if line.get("update") == "set aside"] == ["KeyError"]
    assert "poison" not in str(told)


async def test_what_was_kept_when_the_bot_stopped_is_handled_at_the_next_start(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake, held_for(str(CAMILLE), asyncio.Event())) as bot:
        bot.says(CAMILLE, "/suggest Open later")
        bot.says(CAMILLE, "/suggest Close earlier")
        await fake.queue.emptied()
    async with running(home, fake) as bot:
        await bot.hears(CAMILLE, count=2)
        assert await bot.filed() == ["Open later", "Close earlier"]


async def dies(_: object) -> None:
    """A process that is killed takes nothing back."""


async def test_a_bot_that_is_stopped_again_and_again_sets_nothing_aside(home: Path, fake: FakeTelegram) -> None:
    async with running(home, fake) as bot:
        who = user(NOOR)
        await kept(bot, {**bot.updates.message("/suggest it hangs", private(who), who), "update_id": 70})
    for _ in range(6):
        assert await begun(home, fake, "hangs", 1) == ["70"]
    async with running(home, fake) as bot:
        await bot.hears(NOOR, "#1")
        assert await bot.filed() == ["it hangs"]


async def test_what_stops_the_bot_at_each_start_is_found_alone_and_set_aside(
    home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, culprit = user(CAMILLE), user(NOOR)
    async with running(home, fake) as bot:
        texts = [(culprit, "/suggest it kills"), (who, "/suggest Open later"), (who, "/suggest Third")]
        sent = [bot.updates.message(text, private(one), one) for one, text in texts]
        await kept(bot, *({**update, "update_id": 70 + place} for place, update in enumerate(sent)))
    monkeypatch.setattr(intake.Intake, "_discount_start", dies)
    assert await begun(home, fake, "/suggest", 2) == ["70", "71"], "at first all are begun together"
    # Killed from outside while it handles whatever comes first: no update is tried each time.
    assert [await begun(home, fake, "/suggest", 1) for _ in range(3)] == [["70"], ["71"], ["70"]]
    assert await begun(home, fake, "kills", 3) == ["71", "72", "70"], "the least tried first, each person's in order"
    assert await begun(home, fake, "kills", 1) == ["70"]
    async with running(home, fake) as bot:
        await bot.hears(NOOR)
        assert "Something went wrong on our side" in bot.heard(NOOR)[0].shown
        await bot.quiet()
        assert await bot.filed() == ["Open later", "Third"]
        assert [aside.event_id for aside in await bot.core.store.read(inbox.parked)] == ["70"]


async def test_of_those_begun_once_ever_more_are_begun_together_and_who_began_beside_a_culprit_stays(
    home: Path, fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    ideas = ["One", "Two", "Three", "Four beside what kills", "it kills", "Six beside what kills", "Seven, too, kills"]
    people, numbers = [user(100 + place) for place in range(7)], [str(70 + place) for place in range(7)]
    async with running(home, fake) as bot:
        sent = [
            bot.updates.message(f"/suggest {idea}", private(who), who) for who, idea in zip(people, ideas, strict=True)
        ]
        await kept(bot, *({**update, "update_id": 70 + place} for place, update in enumerate(sent)))
    monkeypatch.setattr(intake.Intake, "_discount_start", dies)
    assert await begun(home, fake, "/suggest", 7) == numbers
    assert await begun(home, fake, "kills", 7) == numbers, "one, then two, then four, as long as it goes well"
    # Each of the last four was begun twice, so each is begun alone.
    assert await begun(home, fake, "it kills", 2) == ["73", "74"]
    assert await begun(home, fake, "it kills", 3) == ["75", "76", "74"]
    assert await begun(home, fake, "it kills", 1) == ["74"]
    async with running(home, fake) as bot:
        await bot.hears(people[4]["id"], "Something went wrong on our side")
        await bot.quiet()
        assert sorted(await bot.filed()) == sorted(idea for idea in ideas if idea != "it kills")
        assert [aside.event_id for aside in await bot.core.store.read(inbox.parked)] == ["74"]


async def begun(home: Path, fake: FakeTelegram, word: str, count: int) -> list[str]:
    """The updates that a process begins with until it dies of those with a word in them."""
    now: list[str] = []
    async with running(home, fake, dying_of(word, now)):
        await reached(now, count)
    return now


async def kept(bot: Running, *updates: dict[str, Any]) -> None:
    """Keep updates as a bot does that is killed right afterwards."""
    arrivals = [Arrival(str(update["update_id"]), json.dumps(update)) for update in updates]
    now = bot.core.clock.now()
    await bot.core.store.write(lambda session: inbox.accept(session, "telegram", arrivals, now))


async def reached(seen: list[str], count: int) -> None:
    await until(lambda: len(seen) >= count)


def dying_of(word: str, seen: list[str]) -> Any:
    """A core that never comes back from some words, as if the process had died of them."""

    def wrap(handle: Handle) -> Handle:
        async def handling(inbound: Inbound) -> Reply | None:
            seen.append(inbound.id)
            await asyncio.sleep(3600 if word in inbound.text else 0)
            return await handle(inbound)

        return handling

    return wrap
