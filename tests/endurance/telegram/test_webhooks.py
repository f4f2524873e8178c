"""Several bots behind one webhook address: all of them receive, and what a killed one accepted another finishes."""

import asyncio
import json
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import aiohttp

from tests.postgres import Server
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.process import Bot
from tests.sockets.raw import free_port
from tests.sockets.running import until
from tests.sockets.several import several
from tests.sockets.updates import Updates, private, user
from tests.words import strange

START = 180.0
HEADER, SECRET = "X-Telegram-Bot-Api-Secret-Token", "a-secret_9"
UPDATES = Updates()


async def bring(ports: Sequence[int], updates: Sequence[dict[str, Any]]) -> None:
    """Bring each update to the next bot in turn that takes it, as a balancer before them does."""
    turns = cycle(ports)
    async with aiohttp.ClientSession(headers={HEADER: SECRET}) as session:

        async def one(update: dict[str, Any]) -> None:
            for port in turns:
                try:
                    async with session.post(f"http://127.0.0.1:{port}/", data=json.dumps(update)) as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    continue

        await asyncio.gather(*map(one, updates))


async def start(bots: Sequence[Bot], ports: Sequence[int]) -> None:
    for bot, port in zip(bots, ports, strict=True):
        bot._env["PORTEVOIX_TELEGRAM__WEBHOOK_LISTEN"] = f"127.0.0.1:{port}"
        bot.start()
    await until(lambda: all("connected" in bot.log for bot in bots), START)
    await until(lambda: sum("stands by" in bot.log for bot in bots) == len(bots) - 1, START)


async def test_all_receive_and_what_a_killed_one_accepted_is_finished_by_another(
    postgres: Server, home: Path, fake: FakeTelegram
) -> None:
    ports = [free_port() for _ in range(3)]
    env = {"API_URL": fake.url, "MODE": "webhook", "WEBHOOK_URL": "http://127.0.0.1:9/", "WEBHOOK_SECRET": SECRET}
    people, ideas = range(1_000, 1_060), list[str]()
    with several(postgres, "webhooks", home, {f"PORTEVOIX_TELEGRAM__{name}": one for name, one in env.items()}) as bots:
        await start(bots, ports)
        updates = list[dict[str, Any]]()
        for number in people:
            ideas.append(strange(number))
            who = user(number)
            update = UPDATES.message(f"/suggest {ideas[-1]}", private(who), who)
            updates.append({**update, "update_id": number})
        bringing = asyncio.create_task(bring(ports, updates))
        await fake.sent("sendMessage", 5, START)
        await asyncio.to_thread(next(bot for bot in bots if "stands by" not in bot.log).kill)
        await bringing
        await until(lambda: {call.chat for call in sent(fake)} == {*people}, START)
        for bot in bots:
            if bot.running:
                assert await asyncio.to_thread(bot.stops_in_time)
        assert sorted(await asyncio.to_thread(bots[0].filed)) == sorted(ideas)


def sent(fake: FakeTelegram) -> list[Any]:
    return [call for call in fake.journal.calls if call.method == "sendMessage" and call.status == 200]
