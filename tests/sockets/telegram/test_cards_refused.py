"""Cards over real sockets: what becomes of them when Telegram refuses, or its answer is lost."""

import pytest
from sqlmodel import Session
from telegram import Bot

from adapters.telegram.outgoing.cards import Cards
from adapters.telegram.places import PLATFORM
from adapters.telegram.transport import pace
from bot.core import Core
from bot.ports.adapter import Offline, TryLater, Uncertain, Unfit, Unreachable, Vanished
from storage.people import communities
from tests.faces import decided, face
from tests.sockets.fakes.telegram import FakeTelegram, faults
from tests.sockets.fakes.telegram.faults import Fault
from tests.sockets.telegram.cards import GROUP, PLACE, TOPIC, cards_of, shown

NEW = -100_456


@pytest.fixture
def cards(core: Core, bot: Bot) -> Cards:
    return cards_of(core, bot)


def _join(session: Session) -> None:
    communities.join_place(session, communities.every(session)[0].id, PLATFORM, PLACE, staff=False)


SAID = (
    (faults.lost_thread(), "the topic is gone or closed"),
    (Fault(code=400, description="Bad Request: TOPIC_CLOSED"), "the topic is gone or closed"),
    (faults.kicked(), "not in the group any more"),
    (faults.lost_chat(), "not in the group any more"),
    (
        Fault(code=400, description="Bad Request: not enough rights to send text messages to the chat"),
        "no right to send text messages in the group",
    ),
    (Fault(code=400, description="Bad Request: CHAT_WRITE_FORBIDDEN"), "no right to send text messages"),
)
"""What Telegram answers, and what is said of it."""


async def test_a_place_that_takes_no_cards_says_why_and_how_it_is_mended(
    core: Core, bot: Bot, fake: FakeTelegram
) -> None:
    message = await cards_of(core, bot).post(TOPIC, face())
    for fault, words in SAID:
        cards = cards_of(core, bot)
        fake.fail("*", fault, times=2)
        with pytest.raises(Unreachable, match=words):
            await cards.post(TOPIC, face())
        with pytest.raises(Unreachable, match=words) as edited:
            await cards.edit(TOPIC, message, decided())
        assert not isinstance(edited.value, Vanished), fault
        assert not fake.faults._waiting, "each was asked"
    assert len(fake.world.messages) == 1, "none went to the general topic"


async def test_a_closed_topic_takes_no_edits_until_it_is_open_again(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(TOPIC, face())
    fake.world.closed.add((GROUP, 77))
    with pytest.raises(Unreachable, match="closed"):
        await cards.edit(TOPIC, message, decided())
    fake.world.closed.clear()
    await cards.edit(TOPIC, message, decided())
    assert "It stands since Monday." in shown(fake, message)["text"]


async def test_a_flooded_group_waits_as_long_as_asked_and_others_go_on(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face())
    fake.fail("*", faults.flooded(30), times=2, chat=GROUP)
    for call in (cards.post(PLACE, face()), cards.edit(PLACE, message, decided())):
        with pytest.raises(TryLater) as late:
            await call
        assert late.value.seconds == 30
    await cards.post(str(NEW), face())


async def test_cards_leave_more_than_half_of_a_group_s_messages_to_answers(cards: Cards, fake: FakeTelegram) -> None:
    messages = [await cards.post(PLACE, face()) for _ in range(pace.A_MINUTE)]
    assert 2 * len(messages) < 20
    with pytest.raises(TryLater) as late:
        await cards.edit(PLACE, messages[0], decided())
    assert 0 < (late.value.seconds or 0) < 10
    await cards.post(str(NEW), face())
    await cards.remove(PLACE, messages[0])
    assert len(fake.world.messages) == pace.A_MINUTE


async def test_a_lost_answer_may_have_posted_a_card_and_an_edit_is_repeated(cards: Cards, fake: FakeTelegram) -> None:
    fake.fail("sendMessage", faults.unanswered())
    with pytest.raises(Uncertain):
        await cards.post(PLACE, face())
    message = await cards.post(PLACE, face())
    fake.fail("editMessageText", faults.unanswered())
    with pytest.raises(TryLater):
        await cards.edit(PLACE, message, decided())
    await cards.edit(PLACE, message, decided())


async def test_nothing_is_sent_while_telegram_s_answers_are_lost(cards: Cards, fake: FakeTelegram) -> None:
    fake.fail("sendMessage", faults.unanswered())
    with pytest.raises(Uncertain):
        await cards.post(PLACE, face())
    fake.fail("getMe", faults.unanswered())
    with pytest.raises(Offline):
        await cards.post(PLACE, face())
    assert len(fake.world.messages) == 1


async def test_a_server_in_trouble_is_tried_later(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face())
    for fault in (faults.broken(), faults.page()):
        for act in (cards.post(PLACE, face()), cards.edit(PLACE, message, decided()), cards.remove(PLACE, message)):
            fake.fail("*", fault)
            with pytest.raises(TryLater):
                await act


async def test_a_group_that_moved_is_followed_and_its_earlier_cards_are_gone(
    core: Core, cards: Cards, fake: FakeTelegram
) -> None:
    await core.store.write(_join)
    message = await cards.post(PLACE, face())
    fake.fail("*", faults.migrated(NEW), times=2, chat=GROUP)
    moved = await cards.post(PLACE, face())
    assert shown(fake, moved)["chat"]["id"] == NEW
    for place in (PLACE, str(NEW)):
        with pytest.raises(Unfit):
            await cards.edit(place, message, decided())
    assert await core.store.read(lambda session: communities.of_place(session, PLATFORM, str(NEW)))


async def test_markup_that_telegram_cannot_read_goes_out_as_the_same_words(cards: Cards, fake: FakeTelegram) -> None:
    broken = Fault(code=400, description="Bad Request: can't parse entities: Unclosed start tag at byte offset 2")
    fake.fail("sendMessage", broken)
    message = await cards.post(PLACE, face())
    fake.fail("editMessageText", broken)
    await cards.edit(PLACE, message, decided())
    assert "It stands since Monday." in shown(fake, message)["text"]
