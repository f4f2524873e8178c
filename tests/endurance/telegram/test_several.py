"""Several bots on one PostgreSQL: one polls Telegram, the others stand by, and one of them takes over."""

import asyncio
from pathlib import Path

from tests.postgres import Server
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.process import Bot
from tests.sockets.running import until
from tests.sockets.several import seconds_until, several
from tests.sockets.updates import Updates, private, user
from tests.words import strange

START = 180.0
UPDATES = Updates()
PEOPLE = range(1_000, 1_020)


def settings(fake: FakeTelegram) -> dict[str, str]:
    return {"PORTEVOIX_TELEGRAM__API_URL": fake.url}


def write(fake: FakeTelegram, turn: str) -> list[str]:
    """Let everybody suggest something; returns the ideas."""
    ideas = [strange(f"{turn} {number}") for number in PEOPLE]
    for number, idea in zip(PEOPLE, ideas, strict=True):
        who = user(number)
        fake.push(UPDATES.message(f"/suggest {idea}", private(who), who))
    return ideas


def answers(fake: FakeTelegram) -> list[int]:
    """How many messages each person was sent."""
    sent = [call.chat for call in fake.journal.calls if call.method == "sendMessage" and call.status == 200]
    return [sent.count(person) for person in PEOPLE]


async def start(fake: FakeTelegram, first: Bot, *others: Bot) -> None:
    """Start the one that polls, then those that stand by."""
    first.start()
    await until(lambda: fake.queue.polls, START)
    for bot in others:
        bot.start()
    await until(lambda: all("stands by" in bot.log for bot in others), START)


async def test_one_is_killed_amid_its_work_and_another_takes_over_within_ten_seconds(
    postgres: Server, home: Path, fake: FakeTelegram
) -> None:
    with several(postgres, "polling", home, settings(fake)) as bots:
        first, *others = bots
        await start(fake, first, *others)
        ideas = write(fake, "one")
        await until(lambda: any(answers(fake)))
        await asyncio.to_thread(first.kill)
        ideas += write(fake, "two")
        await seconds_until(lambda: not fake.queue.pending)
        await until(lambda: min(answers(fake)) >= 2, START)
        assert sorted(bot.log.count("takes over") for bot in bots) == [0, 0, 1]
        assert sorted(bot.log.count("stands by") for bot in bots) == [0, 1, 1]
        for bot in others:
            assert await asyncio.to_thread(bot.stops_in_time)
        assert sorted(await asyncio.to_thread(first.filed)) == sorted(ideas)


async def test_one_that_loses_its_connection_stops_at_once_so_that_no_two_poll(
    postgres: Server, home: Path, fake: FakeTelegram
) -> None:
    with several(postgres, "unheld", home, settings(fake), 2) as (first, second):
        await start(fake, first, second)
        polls = fake.queue.polls
        assert postgres.end_connections(f"%:{first.process.pid}") == [(True,)]
        await until(lambda: "stopped" in first.log)
        await seconds_until(lambda: fake.queue.polls > polls)
        ideas = write(fake, "after")
        await until(lambda: min(answers(fake)) >= 1, START)
        assert "Conflict" not in first.log + second.log
        for bot in (first, second):
            assert await asyncio.to_thread(bot.stops_in_time)
        assert sorted(await asyncio.to_thread(first.filed)) == sorted(ideas)
