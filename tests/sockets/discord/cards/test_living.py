"""Cards from end to end: members file and press over real sockets, and the keeper keeps their cards."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.features.cards.keeping import Keeper
from storage.items.public import boards
from storage.people import communities
from tests.sockets.discord.boards import HALL, IDEAS, build, cards, posts, tag, words_of
from tests.sockets.discord.events import JSON, SEND, channel_changed, channel_deleted, message_deleted, user
from tests.sockets.discord.running import CAMILLE, Running, running
from tests.sockets.discord.work.test_presses import buttons
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.journal import PATIENCE

NOOR, LEA = user(8, "noor"), user(9, "lea")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards are edited as often as they change."""
    monkeypatch.setattr("bot.features.cards.showing.SPACING", timedelta(0))


async def live_in(bot: Running, place: int) -> None:
    """Let the ideas of the only community live in a channel or forum."""
    now = bot.core.clock.now()

    def job(session: Session) -> None:
        own = communities.every(session)[0]
        communities.join_place(session, own.id, "discord", str(2 << 30), staff=False)
        boards.show_ideas(session, own.id, "discord", str(place), now)

    await bot.core.store.write(job)


async def files(bot: Running, words: str) -> None:
    """Camille suggests something, and is answered."""
    before = len(await bot.fake.journal.tried("callback", 0))
    bot.uses("suggest", CAMILLE, bot.fake.world.channels[HALL], text=words)
    await bot.fake.sent("callback", before + 1)


async def presses(bot: Running, label: str, card: JSON, person: JSON = NOOR) -> None:
    """Somebody presses a button of a card, and is answered alone."""
    before = len(await bot.fake.journal.tried("callback", 0))
    pressed = next(one["custom_id"] for one in buttons(card["components"]) if one["label"] == label)
    bot.fake.push(bot.events.press(pressed, card, bot.fake.world.channels[int(card["channel_id"])], person))
    answer = (await bot.fake.sent("callback", before + 1))[-1]
    assert answer.private, answer.payload


@pytest.mark.parametrize("place", [HALL, IDEAS])
async def test_an_idea_is_seen_supported_and_healed(home: Path, fake: FakeDiscord, place: int) -> None:
    build(fake, tag(1, "Received"))
    async with running(home, fake) as bot:
        await live_in(bot, place)
        keeper = Keeper(bot.core, {"discord": bot.discord})
        await files(bot, "A bench by the school")
        await keeper.settle()
        [card] = shown(fake, place)
        assert "A bench by the school" in words_of(card)
        await presses(bot, "Support", card)
        await keeper.settle()
        [card] = shown(fake, place)
        assert "1 supporter" in words_of(card)
        fake.push(message_deleted(card))
        await presses(bot, "Follow", card, LEA)
        await files(bot, "A second bench")
    async with running(home, fake) as bot:
        keeper = Keeper(bot.core, {"discord": bot.discord})
        await keeper.settle()
        assert len(shown(fake, place)) == 1, "the deleted one is seen to be gone at its next change"
        assert "A second bench" in words_of(shown(fake, place)[0])


async def test_ideas_that_move_to_a_forum_leave_their_channel(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        keeper = Keeper(bot.core, {"discord": bot.discord})
        await live_in(bot, HALL)
        await files(bot, "A bench by the school")
        await keeper.settle()
        await live_in(bot, IDEAS)
        await files(bot, "A second bench")
        await keeper.settle()
        assert shown(fake, HALL) == []
        assert "#2 A second bench" in [post["name"] for post in posts(fake)]


def shown(fake: FakeDiscord, place: int) -> list[JSON]:
    """The cards in a channel, or first in the posts of the forum."""
    if place == HALL:
        return cards(fake)
    return [card for post in posts(fake) for card in cards(fake, int(post["id"]))]


@pytest.mark.parametrize("place", [HALL, IDEAS])
async def test_a_place_that_takes_cards_again_shows_them_at_once(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    monkeypatch.setattr("bot.features.cards.showing.FIRST_RETRY", timedelta(hours=1))
    monkeypatch.setattr("bot.features.cards.showing.LONGEST_RETRY", timedelta(hours=1))
    build(fake)
    async with running(home, fake) as bot:
        await live_in(bot, place)
        keeper = Keeper(bot.core, {"discord": bot.discord})
        fake.push(channel_changed(fake.world.channels[place], SEND))
        await files(bot, "A bench by the school")
        await keeper.settle()
        fake.push(channel_changed(fake.world.channels[place]))
        async with asyncio.timeout(PATIENCE):
            while not shown(fake, place):
                await keeper.settle()
                await asyncio.sleep(0.01)


async def test_a_deleted_channel_is_told_once(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        await live_in(bot, HALL)
        keeper = Keeper(bot.core, {"discord": bot.discord})
        await files(bot, "A bench by the school")
        fake.push(channel_deleted(fake.world.channels[HALL]))
        with capture_logs() as logs:
            async with asyncio.timeout(PATIENCE):
                while not [line for line in logs if line["event"] == "cards"]:
                    await keeper.settle()
                    await asyncio.sleep(0.01)
            await keeper.settle()
        assert len([line for line in logs if line["event"] == "cards"]) == 1
