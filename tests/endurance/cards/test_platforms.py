"""500 items with cards on Telegram and Discord, 5,000 acts, deleted and forbidden cards, 429s, ten times `kill -9`.

Once all is done, every card shows its item as it is stored, none stands twice, and no call ever held the name of a
nameless author. Telegram tells by no key what was posted, so that a card may stand twice there until it is pressed.
"""

import asyncio
import json
import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.commands.buttons import with_signed_tokens
from bot.core import Core
from bot.features.cards.face import make_face
from bot.ports.card import Face
from storage.models import Card, Feedback, Place
from storage.people import communities
from tests.endurance.cards.acts import SHY
from tests.endurance.cards.life import unpace
from tests.sockets.conftest import connected
from tests.sockets.discord.boards import HALL, build, cards, words_of
from tests.sockets.discord.events import message_deleted
from tests.sockets.discord.running import GENERAL, Running, plaza, running
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord import faults as discord_faults
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.process import ROOT
from tests.sockets.telegram.cards import GROUP, cards_of
from tests.sockets.updates import JSON, Updates, user

ITEMS, ACTS, KILLS = 500, 5_000, 10
BESIDE = -100_124
"""A group where cards are posted to compare."""
Standing = dict[str, Face]
"""By message, what a card is to show."""


@dataclass
class Life:
    """One life of the bot."""

    process: asyncio.subprocess.Process

    async def tells(self) -> str:
        """What it says next: a number of acts, or that it is drained; its log is passed over."""
        assert self.process.stdout
        while line := (await self.process.stdout.readline()).decode():
            if (said := line.strip()).isdecimal() or said == "drained":
                return said
        raise AssertionError("it ended")

    async def drains(self) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        while await self.tells() != "drained":
            pass

    async def ends(self) -> None:
        self.process.kill()
        await self.process.wait()


@dataclass
class Fakes:
    """Both platforms, and what goes wrong on them."""

    telegram: FakeTelegram
    discord: FakeDiscord
    chance: random.Random

    def group(self) -> list[JSON]:
        """The cards in the group."""
        return _in(self.telegram, GROUP)

    def go_wrong(self) -> None:
        """Forbid, flood, lose an answer or delete a card."""
        chance, telegram, discord = self.chance, self.telegram, self.discord
        telegram.world.members.clear()
        discord.world.readonly.discard(HALL)
        # One at a time: what waits for its call would hit a bot that starts, or never come.
        telegram.faults.clear()
        discord.faults.clear()
        match chance.randrange(12):
            case 0:
                telegram.world.mute(GROUP)
                discord.world.readonly.add(HALL)
            case 1 | 2:
                telegram.fail(chance.choice(("sendMessage", "editMessageText")), faults.flooded(1))
                discord.fail(chance.choice(("create_message", "edit_message")), discord_faults.flooded(0.1))
            case 3 | 6 | 7:
                telegram.fail("sendMessage", faults.unanswered())
                discord.fail("create_message", discord_faults.unanswered())
            case 4 | 5:
                self._delete()

    def mend(self) -> None:
        self.telegram.world.members.clear()
        self.discord.world.readonly.clear()
        self.telegram.faults.clear()
        self.discord.faults.clear()

    def _delete(self) -> None:
        if group := self.group():
            del self.telegram.world.messages[GROUP, self.chance.choice(group)["message_id"]]
        if hall := cards(self.discord):
            self.discord.push(message_deleted(self.chance.choice(hall)))

    async def press_each(self) -> None:
        """Somebody presses the first button of every card in the group, once."""
        updates, who = Updates(), user(99, "Noor")
        for card in self.group():
            if rows := card.get("reply_markup", {}).get("inline_keyboard"):
                self.telegram.push(updates.callback_query(rows[0][0]["callback_data"], card, who))
        async with asyncio.timeout(60):
            while self.telegram.queue.pending:
                await asyncio.sleep(0.1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


async def test_after_ten_kills_every_card_shows_its_item_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unpace(monkeypatch)
    async with FakeTelegram() as telegram, plaza() as discord:
        fakes = Fakes(telegram, discord, random.Random(20261129))  # noqa: S311 - the same faults in each run
        build(discord)
        done = 0
        for kill in range(1, KILLS + 1):
            done = await _live(home, fakes, done, (ITEMS + ACTS) * kill // (KILLS + 1))
        async with _life(home, fakes, done) as life:
            while done < ITEMS + ACTS:
                done = int(await life.tells())
            fakes.mend()
            await life.drains()
            before = len(fakes.group())
            await fakes.press_each()
            await life.drains()
        taken = before - len(fakes.group())
        sys.stdout.write(f"doubles on Telegram: {taken}, taken away by one press each\n")
        sys.stdout.write(f"calls: {telegram.journal.counts()}, {discord.journal.counts()}\n")
        assert taken, "no answer was lost, so that nothing is proved of doubles"
        async with running(home, discord) as bot:
            await _check_discord(bot, discord)
            await _check_telegram(bot, telegram)
        assert not [call for call in telegram.journal.calls if SHY in json.dumps(call.parameters)]
        assert not [call for call in discord.journal.calls if SHY in json.dumps(call.payload)]


@asynccontextmanager
async def _life(home: Path, fakes: Fakes, since: int) -> AsyncIterator[Life]:
    """A bot that goes on with an act; it is killed."""
    addresses = (fakes.telegram.url, fakes.discord.api_url, fakes.discord.gateway_url)
    words = ("-m", "tests.endurance.cards.life", str(home), *addresses, str(since), str(ITEMS), str(ACTS))
    pipe = asyncio.subprocess.PIPE
    with (home / "stderr").open("a") as log:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, stdin=pipe, stdout=pipe, stderr=log, env=env
        )
    life = Life(process)
    try:
        yield life
    finally:
        await life.ends()


async def _live(home: Path, fakes: Fakes, since: int, until: int) -> int:
    """A life until so many acts were done, and some more; returns how many were told."""
    done = since
    async with _life(home, fakes, since) as life:
        while done < until:
            done = int(await life.tells())
            fakes.go_wrong()
        await asyncio.sleep(fakes.chance.uniform(0, 0.1))
    return done


async def _standing(core: Core, platform: str) -> Standing:
    """What each card on a platform is to show, by its id; none is left where there is to be none."""

    def job(session: Session) -> Standing:
        own = communities.every(session)[0]
        found = {}
        query = select(Card, Feedback).join(Feedback).join(Place).where(Place.platform == platform)
        for card, item in session.exec(query).all():
            made = make_face(session, core, own, item)
            assert bool(made) == bool(card.message), f"#{item.number}"
            if made:
                reply = with_signed_tokens(core.store.keys, made.reply, None, core.clock.now(), own.id)
                found[card.message] = replace(made, reply=reply)
        return found

    return await core.store.read(job)


async def _check_discord(bot: Running, discord: FakeDiscord) -> None:
    expected = await _standing(bot.core, "discord")
    for number, face in enumerate(expected.values()):
        await bot.discord.post(GENERAL["id"], f"beside:{number}", face)
    stand = {f"{HALL}/{one['id']}": words_of(one) for one in cards(discord)}
    beside = [words_of(one) for one in cards(discord, int(GENERAL["id"]))]
    assert stand == dict(zip(expected, beside, strict=True))
    assert len(expected) > ITEMS / 3


async def _check_telegram(bot: Running, telegram: FakeTelegram) -> None:
    expected = await _standing(bot.core, "telegram")
    async with connected(telegram.url) as own:
        board = cards_of(bot.core, own)
        for face in expected.values():
            await board.post(str(BESIDE), face)
    stand = {f"{GROUP}/{one['message_id']}": one for one in _in(telegram, GROUP)}
    beside = [one["text"] for one in _in(telegram, BESIDE)]
    shown = {message: one["text"] for message, one in stand.items() if message in expected}
    assert shown == dict(zip(expected, beside, strict=True))
    left = [one for message, one in stand.items() if message not in expected]
    sys.stdout.write(f"doubles left, of what was decided when it was posted: {len(left)}\n")
    assert not [one for one in left if one.get("reply_markup")], "a press did not take it away"


def _in(telegram: FakeTelegram, group: int) -> list[JSON]:
    return [one for (chat, _), one in telegram.world.messages.items() if chat == group]
