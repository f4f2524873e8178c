"""Ideas in a group or a topic, from their filing to the decision, as the bot keeps them there."""

from functools import partial

import pytest

from adapters.telegram.places import PLATFORM
from bot.features.cards.keeping import Keeper
from storage.items import boards
from storage.people import communities
from tests.adapters.telegram.reading import Shown
from tests.adapters.telegram.stage import GROUP, TelegramStage
from tests.clock import StillClock
from tests.sockets.updates import JSON
from tests.stage import Person

TOPIC = f"{GROUP}:7"


async def settle(telegram: TelegramStage, clock: StillClock) -> list[JSON]:
    """Let the cards be brought up to date; returns the messages in the group."""
    clock.forward(seconds=6)
    await Keeper(telegram.core, {PLATFORM: telegram.telegram}).settle()
    return [message for (chat, _), message in telegram.fake.world.messages.items() if chat == GROUP]


@pytest.mark.parametrize("place", [str(GROUP), TOPIC])
async def test_an_idea_is_shown_supported_and_decided_in_one_message(
    telegram: TelegramStage, zoe: Person, ines: Person, omar: Person, clock: StillClock, place: str
) -> None:
    home = (await telegram.core.store.read(communities.every))[0].id
    await telegram.core.store.write(
        partial(boards.show_ideas, community_id=home, platform=PLATFORM, external_id=place, now=clock.now())
    )
    await zoe.says("/suggest Benches by the river")
    (card,) = await settle(telegram, clock)
    assert card.get("message_thread_id") == (7 if place == TOPIC else None)
    assert "Benches by the river" in card["text"]

    (posted,) = [call for call in await telegram.fake.sent("sendMessage") if call.chat == GROUP]
    telegram.shown.append(Shown(GROUP, [posted]))
    await ines.presses("Support")
    ines.hears("soutien à #1 (1 soutien). La décision arrivera ici.")
    (card,) = await settle(telegram, clock)
    assert "1 supporter" in card["text"]

    await omar.says("/queue")
    await omar.presses("Planned")
    await omar.says("/status 1")
    (card,) = await settle(telegram, clock)
    assert "planned" in card["text"]

    await zoe.says("/withdraw 1")
    assert not await settle(telegram, clock)


async def test_a_card_that_a_moderator_deleted_is_posted_anew(
    telegram: TelegramStage, zoe: Person, ines: Person, clock: StillClock
) -> None:
    home = (await telegram.core.store.read(communities.every))[0].id
    await telegram.core.store.write(
        partial(boards.show_ideas, community_id=home, platform=PLATFORM, external_id=TOPIC, now=clock.now())
    )
    await zoe.says("/suggest Benches by the river")
    (before,) = await settle(telegram, clock)
    del telegram.fake.world.messages[GROUP, before["message_id"]]
    await ines.says("/soutenir 1")
    (after,) = await settle(telegram, clock)
    assert after["message_id"] != before["message_id"]
    assert "1 supporter" in after["text"]
    await telegram.deliver()
    assert [text for text in telegram.staff() if "The card of #1 was deleted in its place" in text]
