"""A life of chance on Discord: 2,000 requests that a strict server takes, and every message true at the end."""

import asyncio
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from simcord.components import walk_components
from sqlmodel import Session

from bot.features.screens.keeping import Keeping
from bot.features.screens.refreshing import Refreshing
from bot.features.screens.storing import Storing
from bot.operations.assembly import POSTINGS, VIEWS
from storage.people import communities
from tests.adapters.discord.text import told
from tests.endurance.truth import acts, claims
from tests.sockets.discord.events import JSON, direct, member, user
from tests.sockets.discord.running import GARDEN, GENERAL, PLAZA, Running, plaza, running
from tests.sockets.fakes.discord.rest.permissions import MANAGE_MESSAGES
from tests.sockets.fakes.discord.world import BOT, EPHEMERAL
from tests.sockets.running import until

REQUESTS = 2_000
ACCOUNTS = {name: user(100 + place, name) for place, name in enumerate((*acts.MEMBERS, *acts.TEAM))}
ALONE = {name: direct((1_000 + place) << 22, ACCOUNTS[name]) for place, name in enumerate(acts.MEMBERS)}
RIGHTS = 0x400 | 0x800 | 0x10000
"""To view, to send and to read."""


def someone(name: str) -> JSON:
    rights = RIGHTS | (MANAGE_MESSAGES if name in acts.TEAM else 0)
    return member(ACCOUNTS[name], permissions=rights)


def text_of(message: JSON) -> str:
    found = SimpleNamespace(content=message["content"], components=message.get("components") or [], attachments=[])
    return told([found])  # type: ignore[list-item]


def seen_by(bot: Running, name: str) -> Iterator[tuple[JSON, JSON]]:
    """The bot's messages that somebody sees, each with its channel."""
    places = [GENERAL, *([GARDEN] if name in acts.TEAM else [ALONE[name]])]
    for place in places:
        for message in bot.fake.world.messages[int(place["id"])].values():
            cause = message.get("interaction_metadata") or {}
            alone = message.get("flags", 0) & EPHEMERAL and cause["user"]["id"] != ACCOUNTS[name]["id"]
            if not alone and int(message["author"]["id"]) == BOT:
                yield message, place


async def act(bot: Running, chance: random.Random, number: int) -> None:
    """Let somebody do something, and see that it is answered."""
    name = chance.choice((*acts.MEMBERS, *acts.TEAM))
    found = [
        (one["custom_id"], message, place)
        for message, place in seen_by(bot, name)
        for one in walk_components(message.get("components") or [])
        if one["type"] == 2 and "custom_id" in one and not one.get("disabled")
    ]
    if found and chance.random() < 0.5:
        custom_id, message, place = chance.choice(found[-60:])
        await answered(bot, bot.events.press(custom_id, message, place, someone(name)))
        return
    words = acts.said(chance, number, team=name in acts.TEAM)
    if name in acts.MEMBERS and words.startswith(("/suggest", "/problem")) and chance.random() < 0.3:
        before = len(bot.fake.world.messages[int(ALONE[name]["id"])])
        bot.fake.push(bot.events.message(words, ALONE[name], ACCOUNTS[name]))
        await until(lambda: len(bot.fake.world.messages[int(ALONE[name]["id"])]) > before)
        return
    place = GARDEN if name in acts.TEAM and chance.random() < 0.5 else GENERAL
    command, _, rest = words.removeprefix("/").partition(" ")
    await answered(bot, bot.events.slash(command, options(command, rest), place, someone(name)))


def options(command: str, rest: str) -> JSON:
    """What was typed as the options of a command."""
    first, _, more = rest.partition(" ")
    match command:
        case "suggest" | "problem":
            return {"text": rest}
        case "digest":
            return {"action": rest}
        case "edit":
            return {"number": int(first), "text": more}
        case "remove":
            return {"number": int(first), "reason": more}
        case "queue" if more:
            refused = more.startswith("not planned")
            return {"number": int(first), "verdict": "not_planned" if refused else more.replace(" ", "_")} | (
                {"reason": "Too dear."} if refused else {}
            )
        case _:
            return {"number": int(first)} if first else {}


async def answered(bot: Running, event: JSON) -> None:
    bot.fake.push(event)
    token = event["d"]["token"]
    await until(lambda: bot.fake.world.interactions[token].answer is not None)


async def look(bot: Running) -> None:
    """Let the jobs look that keep messages up to date, and what they order be done."""
    await asyncio.sleep(0.01)
    await Storing(bot.core, POSTINGS).look()
    await Refreshing(bot.core).look()
    await Keeping(bot.core, POSTINGS, VIEWS).look()
    await until(lambda: not bot.courier._lanes)


def give_a_desk(session: Session) -> None:
    home = communities.every(session)[0]
    communities.join_place(session, home.id, "discord", GENERAL["id"], staff=False)
    communities.join_place(session, home.id, "discord", GARDEN["id"], staff=True)


@pytest.mark.parametrize("seed", range(2))
async def test_after_a_life_of_chance_every_message_is_true(
    home: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, number = random.Random(seed), 0  # noqa: S311 - the same each time
    monkeypatch.setattr("bot.screens.SPACING", timedelta())
    monkeypatch.setattr("bot.features.screens.keeping.SPACING", timedelta())
    async with plaza() as fake, running(home, fake) as bot:
        own = tuple(one.model_copy(update={"undo": 0}) for one in bot.core.settings.communities)
        object.__setattr__(bot.core, "settings", bot.core.settings.model_copy(update={"communities": own}))
        await bot.core.store.write(give_a_desk)
        fake.world.guild(int(PLAZA["id"]))["members"] += map(someone, ACCOUNTS)
        while len(fake.journal.calls) < REQUESTS:
            number += 1
            await act(bot, chance, number)
            await look(bot)
        for _ in range(5):
            await look(bot)
            await asyncio.sleep(0.2)
        refused = [f"{one.method} {one.refused} {one.payload!s:.60}" for one in fake.journal.calls if one.refused]
        assert (refused, fake.journal.unknown) == ([], [])
        known = await claims.items(bot.core)
        texts = {text_of(message) for name in ACCOUNTS for message, _ in seen_by(bot, name)}
        said = [claim for text in texts for claim in claims.untrue(bot.core, known, text)]
        assert [claim.what for claim in said] == []
