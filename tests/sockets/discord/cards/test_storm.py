"""Cards in a storm: answers are lost, requests fail, the bot dies; in the end each stands once, as it should."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.ports.adapter import TryLater
from bot.ports.card import Face
from tests.sockets.discord.boards import HALL, IDEAS, build, cards, face, posts, tag, words_of
from tests.sockets.discord.running import Hurried, Running, running
from tests.sockets.fakes.discord import FakeDiscord, faults

LIVES, ACTS, ITEMS = 3, 12, 8
FAULTS: tuple[Callable[[], faults.Fault], ...] = (
    faults.unanswered,
    faults.timed_out,
    faults.dropped,
    lambda: faults.page(502),
    lambda: faults.flooded(0.01),
)


def state(item: int, count: int) -> Face:
    """What the card of an item shows; its title changes at times, and every third change decides it."""
    closed = count % 3 == 2
    words = f"Item {item}: {count} people support it."
    return face(
        words, title=f"#{item} A bench, version {count // 4}", tags=("done" if closed else "received",), closed=closed
    )


async def bring(bot: Running, place: str, ids: dict[int, str], item: int, count: int) -> None:
    """Post or edit a card; what fails for now is left."""
    try:
        if item in ids:
            await bot.discord.edit(place, ids[item], state(item, count))
        else:
            ids[item] = await bot.discord.post(place, f"card:{item}", state(item, count))
    except TryLater:
        return


@pytest.mark.parametrize(("place", "seed"), [(HALL, 1), (IDEAS, 2)])
async def test_after_a_storm_each_card_stands_once_as_it_should(
    home: Path, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch, place: int, seed: int
) -> None:
    monkeypatch.setattr("discord.http.asyncio", Hurried())
    build(fake, tag(1, "Received"), tag(2, "Done"))
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    counts = dict.fromkeys(range(ITEMS), 0)
    ids: dict[int, str] = {}
    for _ in range(LIVES):
        async with running(home, fake) as bot:
            for _ in range(ACTS):
                item = chance.randrange(ITEMS)
                counts[item] += 1
                if chance.random() < 0.4:
                    fake.faults.add(chance.choice(FAULTS)())
                # Sometimes as if it was never answered: the bot died before that was written down.
                forgotten = item not in ids and chance.random() < 0.5
                await bring(bot, str(place), {} if forgotten else ids, item, counts[item])
            fake.faults.clear()
        fake.world.pass_time(chance.choice((10, 1_000)))
    async with running(home, fake) as bot:
        for item, count in counts.items():
            await bring(bot, str(place), ids, item, count)
    stand = cards(fake) if place == HALL else [card for post in posts(fake) for card in cards(fake, int(post["id"]))]
    shown = sorted(words_of(one).splitlines()[-1] for one in stand)
    assert shown == sorted(f"Item {item}: {count} people support it." for item, count in counts.items())
    for post in posts(fake):
        [card] = cards(fake, int(post["id"]))
        decided = int(words_of(card).split(" people")[0].split()[-1]) % 3 == 2
        assert post["thread_metadata"]["archived"] == decided
        assert post["applied_tags"] == ["2" if decided else "1"]


async def test_what_a_lost_answer_left_is_found_and_taken_away(home: Path, fake: FakeDiscord) -> None:
    build(fake)
    async with running(home, fake) as bot:
        for place in (HALL, IDEAS):
            assert not await bot.discord.retract(str(place), "card:1", 12)
            await bot.discord.post(str(place), "card:1", state(12, 1))
            await bot.discord.post(str(place), "card:2", state(2, 1))
            assert await bot.discord.retract(str(place), "card:1", 12)
            assert not await bot.discord.retract(str(place), "card:1", 12)
    for stand in (cards(fake), [card for post in posts(fake) for card in cards(fake, int(post["id"]))]):
        assert ["Item 2" in words_of(one) for one in stand] == [True]
