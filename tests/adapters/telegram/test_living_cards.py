"""Ideas in a group or a topic, from their filing to the decision, as the bot keeps them there."""

from functools import partial

import pytest
from sqlmodel import Session, select

from adapters.telegram.places import PLATFORM
from bot.features.cards.keeping import Keeper
from storage.items.public import boards
from storage.models import Card
from storage.people import communities
from tests.adapters.telegram.reading import Shown
from tests.adapters.telegram.stage import GROUP, TelegramStage
from tests.clock import StillClock
from tests.sockets.updates import JSON, supergroup, user
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
    await _ideas_in(telegram, place, clock)
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
    await _ideas_in(telegram, TOPIC, clock)
    await zoe.says("/suggest Benches by the river")
    (before,) = await settle(telegram, clock)
    del telegram.fake.world.messages[GROUP, before["message_id"]]
    await ines.says("/soutenir 1")
    (after,) = await settle(telegram, clock)
    assert after["message_id"] != before["message_id"]
    assert "1 supporter" in after["text"]
    await telegram.deliver()
    assert [text for text in telegram.staff() if "The card of #1 was deleted in its place" in text]


async def test_a_card_that_stands_twice_is_taken_away_by_a_press_that_counts(
    telegram: TelegramStage, zoe: Person, ines: Person, omar: Person, clock: StillClock
) -> None:
    """As after an end between Telegram's acceptance and the store."""
    await _ideas_in(telegram, TOPIC, clock)
    await zoe.says("/suggest Benches by the river")
    (double,) = await settle(telegram, clock)
    await telegram.core.store.write(_forget)
    (same, kept) = await settle(telegram, clock)
    assert same == double
    posted = {call.message["message_id"]: call for call in await telegram.fake.sent("sendMessage")}
    for person, card in ((ines, double), (omar, kept)):
        telegram.shown.append(Shown(GROUP, [posted[card["message_id"]]]))
        await person.presses("Support")
    (card,) = await settle(telegram, clock)
    assert card["message_id"] == kept["message_id"]
    assert "2 supporters" in card["text"]


async def test_a_topic_that_is_open_again_shows_what_it_refused_at_once(
    telegram: TelegramStage, zoe: Person, clock: StillClock
) -> None:
    await _ideas_in(telegram, TOPIC, clock)
    telegram.fake.world.closed.add((GROUP, 7))
    keeper = Keeper(telegram.core, {PLATFORM: telegram.telegram})
    await zoe.says("/suggest Benches by the river")
    await keeper.settle()
    telegram.fake.world.closed.clear()
    await keeper.settle()
    assert not _shown_in_topic(telegram)
    forum = supergroup(GROUP, forum=True)
    await telegram.happen(telegram.updates.message("", forum, user(9), thread=7, forum_topic_reopened={}))
    await keeper.settle()
    assert _shown_in_topic(telegram)


def _shown_in_topic(telegram: TelegramStage) -> list[JSON]:
    return [
        one
        for one in telegram.fake.world.messages.values()
        if one.get("message_thread_id") == 7 and "from" in one and one["from"]["is_bot"]
    ]


async def _ideas_in(telegram: TelegramStage, place: str, clock: StillClock) -> None:
    home = (await telegram.core.store.read(communities.every))[0].id
    await telegram.core.store.write(
        partial(boards.show_ideas, community_id=home, platform=PLATFORM, external_id=place, now=clock.now())
    )


def _forget(session: Session) -> None:
    """Forget where the only card stands, which is due again."""
    (card,) = session.exec(select(Card)).all()
    card.message, card.shown, card.shown_revision = "", "", 0
    session.add(card)
