"""Several bots on one PostgreSQL: each shard is one process's, and another takes it over."""

import asyncio
from pathlib import Path
from typing import Any

from tests.postgres import Server
from tests.sockets.discord.answers import is_answered
from tests.sockets.discord.client import TOKEN
from tests.sockets.discord.events import Events, channel, guild, joined, member, user
from tests.sockets.discord.running import GENERAL, plaza
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.running import until
from tests.sockets.several import seconds_until, several
from tests.words import strange

START = 180.0
PEOPLE = [user(100 + number, f"person{number}") for number in range(20)]
EVENTS = Events()
AGORA = guild((1 << 30) + (1 << 22), channels=[channel(21 << 22, "agora")], members=[member(user(7))])
"""A guild of the second of two shards, as `PLAZA` is of the first."""
(HALL,) = AGORA["channels"]


def settings(fake: FakeDiscord) -> dict[str, str]:
    own = {"TOKEN": TOKEN, "API_URL": fake.api_url, "GATEWAY_URL": fake.gateway_url}
    return {"PORTEVOIX_TELEGRAM__TOKEN": "", **{f"PORTEVOIX_DISCORD__{name}": value for name, value in own.items()}}


def connected(fake: FakeDiscord) -> list[int]:
    """The shards that are connected."""
    return sorted(session.shard[0] for session in fake.gateway.sessions.values() if session.link)


def ask(fake: FakeDiscord, turn: str, place: Any) -> list[str]:
    """Let everybody suggest something by command."""
    ideas = [strange(f"{turn} {who['id']}") for who in PEOPLE]
    for who, idea in zip(PEOPLE, ideas, strict=True):
        fake.push(EVENTS.slash("suggest", {"text": idea}, place, who))
    return ideas


def answered(fake: FakeDiscord) -> list[str]:
    found = [one for one in fake.world.interactions.values() if is_answered(fake, one)]
    return [one.data["data"]["options"][0]["value"] for one in found]


async def test_each_shard_is_one_process_s_and_the_killed_one_s_is_taken_over_within_ten_seconds(
    postgres: Server, home: Path
) -> None:
    async with plaza() as fake:
        fake.world.shards = 2
        fake.push(joined(AGORA))
        with several(postgres, "shards", home, settings(fake)) as bots:
            for bot in bots:
                bot.start()
            await until(lambda: connected(fake) == [0, 1], START)
            await until(lambda: any("stands by" in bot.log and "connected" not in bot.log for bot in bots), START)
            # The gateway knows of a shard before its process has logged it.
            await until(lambda: sum(bot.log.count("connected=") for bot in bots) == 2, START)
            one = next(bot for bot in bots if "connected=" in bot.log)
            ideas = ask(fake, "plaza", GENERAL) + ask(fake, "agora", HALL)
            await until(lambda: sorted(answered(fake)) == sorted(ideas), START)
            # On a slow machine the first may have taken both shards before the others had started.
            others = [bot for bot in bots if bot is not one]
            shards, before = one.log.count("connected="), sum(bot.log.count("takes over") for bot in others)
            await asyncio.to_thread(one.kill)
            await until(lambda: len(connected(fake)) < 2)
            await seconds_until(lambda: connected(fake) == [0, 1])
            assert sum(bot.log.count("takes over") for bot in others) - before == shards
            more = ask(fake, "plaza, later", GENERAL) + ask(fake, "agora, later", HALL)
            await until(lambda: sorted(answered(fake)) == sorted(ideas + more), START)
            for bot in bots:
                if bot.running:
                    assert await asyncio.to_thread(bot.stops_in_time)
            assert sorted(await asyncio.to_thread(one.filed)) == sorted(ideas + more)
            assert fake.journal.invalid == 0
