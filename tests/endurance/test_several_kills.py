"""Sixty kills over three bots on one PostgreSQL and both platforms: nothing lost, nothing doubled."""

import asyncio
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.endurance.swarm import CHANNELS, PEOPLE, Swarm, settings
from tests.postgres import Server
from tests.sockets.discord.running import plaza
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.process import Bot
from tests.sockets.running import until
from tests.sockets.several import TAKEN, several

KILLS, SHARDS = 60, 2
START = 180.0


async def test_sixty_kills_over_three_bots_lose_nothing_and_double_nothing(postgres: Server, home: Path) -> None:
    chance = random.Random(16)  # noqa: S311 - moments, not secrets
    async with FakeTelegram() as updates, plaza() as discord:
        discord.world.shards = SHARDS
        # How soon it answers is not judged here, where a slow machine starts sixty bots.
        discord.world.patience = START
        place = postgres.location("kills")
        with several(postgres, "kills", home, settings(updates, discord)) as bots:
            swarm = Swarm(bots, place, updates, discord)
            for bot in bots:
                bot.start()
            await serving(swarm, updates.queue.polls)
            took: dict[str, list[float]] = {"telegram": [], "discord": []}
            for turn in range(KILLS):
                swarm.told.calm += swarm.use(f"Calm {turn}")
                await until(lambda: swarm.answered() >= {*swarm.told.calm}, START)
                await kill(swarm, chance, took)
            swarm.speak()
            await until(lambda: least(swarm) >= KILLS + 1, START)
            await until(lambda: not updates.queue.pending, START)
            await running(swarm, len(bots))
            # What comes twice would come by now.
            await asyncio.sleep(5)
            for bot in bots:
                assert await asyncio.to_thread(bot.stop) == 0
            judge(swarm, took, Counter(await asyncio.to_thread(bots[0].filed)))


async def serving(swarm: Swarm, polls: int) -> None:
    """Wait until Telegram is polled again, and every shard connected."""
    await until(lambda: swarm.updates.queue.polls > polls and swarm.connected(SHARDS), START)
    await running(swarm, 2)


async def running(swarm: Swarm, count: int) -> None:
    """Wait until at least so many bots run."""
    async with asyncio.timeout(START):
        while len(await swarm.holders("process")) < count:
            await asyncio.sleep(0.1)


async def kill(swarm: Swarm, chance: random.Random, took: dict[str, list[float]]) -> None:
    """Kill one amid everybody's words, mostly one that has something; start it again once another took over."""
    polling, connected = await swarm.holders("telegram"), await swarm.holders("discord")
    victim = chance.choice([*polling, *connected, *await swarm.holders("process")])
    polls, identified = swarm.updates.queue.polls, swarm.discord.gateway.seen["identify"]
    swarm.speak()
    await asyncio.sleep(chance.uniform(0, 0.4))
    await asyncio.to_thread(victim.kill)
    killed, polls, identified = time.monotonic(), swarm.updates.queue.polls, swarm.discord.gateway.seen["identify"]
    lost = connected.count(victim)
    waiting: list[tuple[str, Callable[[], bool]]] = []
    if victim in polling:
        waiting.append(("telegram", lambda: swarm.updates.queue.polls > polls))
    if lost:
        waiting.append(("discord", lambda: swarm.discord.gateway.seen["identify"] > identified))
    again = asyncio.create_task(_start_later(victim))
    while waiting:
        for name in [name for name, true in waiting if true()]:
            took[name].append(time.monotonic() - killed)
            waiting = [one for one in waiting if one[0] != name]
        assert time.monotonic() - killed < TAKEN, [name for name, _ in waiting]
        await asyncio.sleep(0.01)
    await again
    await serving(swarm, polls - 1)


async def _start_later(bot: Bot) -> None:
    await asyncio.sleep(0.1)
    bot.start()


def least(swarm: Swarm) -> int:
    """How many answers the person has who has the fewest."""
    return min(counted[number] for counted in swarm.receipts() for number in PEOPLE)


def judge(swarm: Swarm, took: dict[str, list[float]], filed: Counter[str]) -> None:
    told, became = swarm.told, swarm.commands()
    answered = swarm.answered()
    sent, written = swarm.receipts()
    due = (KILLS + 1) * len(PEOPLE)
    more = {"telegram": sent.total() - due, "discord": written.total() - due}
    measured = {
        **{f"taken over, {name}": _spread(times) for name, times in took.items()},
        "written": len(told.updates) + len(told.letters),
        "lost": len({*told.updates, *told.letters} - set(filed)),
        "doubled": sum(number > 1 for number in filed.values()),
        "commands answered": len(answered),
        "commands whose bot was killed": len(set(told.commands) - answered),
        "answered twice": sum(len(one.messages) > 1 for one in became.values()),
        "answered, not kept": len(answered - set(filed)),
        "receipts sent again": more,
    }
    for what, number in measured.items():
        print(f"{what}: {number}")  # noqa: T201 - what `make endurance` is for
    assert [measured[name] for name in ("lost", "doubled", "answered twice", "answered, not kept")] == [0] * 4
    assert set(told.calm) <= answered
    assert more["discord"] == 0
    assert 0 <= more["telegram"] <= KILLS * len(PEOPLE) // 10
    assert len(CHANNELS) == len(PEOPLE)


def _spread(times: list[float]) -> str:
    least, most = min(times), max(times)
    return f"{len(times)} times, {least:.1f} / {statistics.median(times):.1f} / {most:.1f} s (least, median, most)"
