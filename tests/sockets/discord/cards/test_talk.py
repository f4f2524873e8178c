"""What members do with a card: a press is answered to its presser alone, and what they say below it is not read."""

import asyncio
from pathlib import Path

import pytest

from bot.ports.adapter import Handle
from bot.ports.inbound import Inbound
from bot.ports.reply import Paragraph, Reply
from tests.sockets.discord.boards import HALL, IDEAS, build, cards, face, posts, words_of
from tests.sockets.discord.events import JSON
from tests.sockets.discord.running import CAMILLE, Running, running
from tests.sockets.fakes.discord import FakeDiscord
from tests.sockets.fakes.discord.world import CONTENT
from tests.sockets.running import until

SUPPORT = "pv:s12"


class Listener:
    """Stands in for the core: notes what it hears, and answers each press aloud in the place of the message."""

    def __init__(self) -> None:
        self.heard: list[Inbound] = []

    def wrap(self, _: Handle) -> Handle:
        return self.handle

    async def handle(self, inbound: Inbound) -> Reply | None:
        self.heard.append(inbound)
        return Reply((Paragraph("You support it."),), private=False, edits=True) if inbound.button else None


@pytest.fixture
def listener() -> Listener:
    return Listener()


async def press(bot: Running, place: JSON, message: JSON) -> JSON:
    """Camille presses a card; returns what Discord was answered."""
    before = len(await bot.fake.journal.tried("callback", 0))
    bot.fake.push(bot.events.press(SUPPORT, message, place, CAMILLE))
    answer: JSON = (await bot.fake.sent("callback", before + 1))[-1].payload
    return answer


async def test_a_press_is_answered_to_its_presser_and_the_card_stays(
    home: Path, fake: FakeDiscord, listener: Listener
) -> None:
    build(fake)
    async with running(home, fake, listener.wrap) as bot:
        card = await bot.discord.post(str(HALL), "card:1", face())
        for words in ("12 people support it.", "13 people support it."):
            await bot.discord.edit(str(HALL), card, face(words))
            answer = await press(bot, fake.world.channels[HALL], cards(fake)[0])
            assert answer["type"] == 4
            assert answer["data"]["flags"] & 64
            assert words in words_of(cards(fake)[0])
    assert [one.button for one in listener.heard] == ["s12", "s12"]
    assert [one.aloud for one in listener.heard] == [True, True]


async def test_a_press_in_a_post_tells_its_forum(home: Path, fake: FakeDiscord, listener: Listener) -> None:
    build(fake)
    async with running(home, fake, listener.wrap) as bot:
        await bot.discord.post(str(IDEAS), "card:1", face())
        [post] = posts(fake)
        await press(bot, post, cards(fake, int(post["id"]))[0])
        await press(bot, fake.world.channels[HALL], fake.world.post(HALL, {"content": "Hello"}))
    assert [(one.chat.id, one.chat.forum) for one in listener.heard] == [(post["id"], str(IDEAS)), (str(HALL), "")]


async def test_what_members_say_to_a_card_is_theirs(home: Path, fake: FakeDiscord, listener: Listener) -> None:
    build(fake)
    fake.world.privileged = CONTENT
    async with running(home, fake, listener.wrap, message_content=True, help_channels=(IDEAS,)) as bot:
        await bot.discord.post(str(HALL), "card:1", face())
        await bot.discord.post(str(IDEAS), "card:1:forum", face())
        [post], me, hall = posts(fake), fake.world.me(), fake.world.channels[HALL]
        said = bot.events.message("Yes, please!", hall, CAMILLE, mentions=[me], reply_to=cards(fake)[0])
        fake.push(said, bot.events.message("And a table?", post, CAMILLE))
        named = bot.events.message(f"<@{me['id']}> help", hall, CAMILLE, mentions=[me], reply_to=cards(fake)[0])
        fake.push(named)
        await until(lambda: len(listener.heard) > 0)
    assert [one.text for one in listener.heard] == ["help"]


async def test_a_flood_of_edits_delays_no_answer(home: Path, fake: FakeDiscord, listener: Listener) -> None:
    build(fake)
    async with running(home, fake, listener.wrap) as bot:
        made = [await bot.discord.post(str(HALL), f"card:{number}", face()) for number in range(12)]
        fake.rates.allow("edit_message", 5, 0.15)
        edits = asyncio.gather(*(bot.discord.edit(str(HALL), card, face("13 people.")) for card in made))
        await fake.sent("edit_message", 5)
        await press(bot, fake.world.channels[HALL], cards(fake)[0])
        assert not edits.done(), "the answer came before the twelfth edit"
        await edits
        assert all("13 people." in words_of(one) for one in cards(fake))
        assert fake.journal.invalid == 0, "the library paces them"
