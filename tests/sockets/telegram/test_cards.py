"""Cards over real sockets: what a group shows of an item, and how it changes."""

import pytest
from telegram import Bot

from adapters.telegram.outgoing.cards import Cards
from bot.core import Core
from bot.ports.adapter import Unfit, Vanished
from bot.ports.reply import Image
from tests.faces import WORDS, decided, face, picture
from tests.pictures import png
from tests.sockets.fakes.telegram import FakeTelegram
from tests.sockets.telegram.cards import GROUP, PLACE, TOPIC, cards_of, shown
from tests.sockets.updates import JSON

TEAL, RED = png("teal"), png("red")


@pytest.fixture
def cards(core: Core, bot: Bot) -> Cards:
    return cards_of(core, bot)


def labels(message: JSON) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def age(fake: FakeTelegram, message: str) -> None:
    """Let a message be three days old."""
    shown(fake, message)["date"] -= 3 * 86_400


async def test_a_card_is_one_silent_message_with_its_buttons_and_no_preview(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(TOPIC, face(words="See https://example.org"))
    (call,) = await fake.sent("sendMessage")
    assert call.parameters["disable_notification"]
    assert call.parameters["link_preview_options"] == {"is_disabled": True}
    assert call.parameters["message_thread_id"] == 77
    assert labels(shown(fake, message)) == ["Support", "Follow"]
    assert message == f"{GROUP}/{call.message['message_id']}", "as the press of its button names it"


async def test_a_card_is_edited_where_it_stands(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face())
    await cards.edit(PLACE, message, face(count="1 supporter"))
    assert "1 supporter" in shown(fake, message)["text"]
    await cards.edit(PLACE, message, decided())
    assert "It stands since Monday." in shown(fake, message)["text"]
    assert not labels(shown(fake, message))
    assert len(fake.world.messages) == 1


async def test_an_edit_that_changes_nothing_is_one_that_was_made(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face())
    await cards.edit(PLACE, message, face())
    assert [call.status for call in await fake.journal.tried("editMessageText")] == [400]


async def test_a_picture_stands_above_the_words_and_is_sent_once(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face(picture(TEAL)))
    await cards.edit(PLACE, message, face(picture(TEAL), count="1 supporter"))
    assert "1 supporter" in shown(fake, message)["caption"]
    assert labels(shown(fake, message)) == ["Support", "Follow"]
    assert fake.journal.counts() == {"getMe": 1, "sendPhoto": 1, "editMessageCaption": 1}


async def test_another_picture_takes_its_place(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face(picture(TEAL)))
    await cards.edit(PLACE, message, face(picture(RED), words="A red bench."))
    kept = fake.world.files[shown(fake, message)["photo"][0]["file_id"]]
    assert kept.content == RED
    assert "A red bench." in shown(fake, message)["caption"]


async def test_further_pictures_are_named(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face(picture(TEAL), picture(RED, "red.bench.png")))
    assert "• #12: red" in shown(fake, message)["caption"]
    assert "#12: bench" not in shown(fake, message)["caption"]


async def test_a_picture_whose_words_do_not_fit_below_it_is_named(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face(picture(TEAL), words="A bench. " * 130))
    assert "#12: bench" in shown(fake, message)["text"]
    assert "photo" not in shown(fake, message)


async def test_words_longer_than_a_message_are_cut_and_the_rest_stays(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face(words="A 🪑 at t.me/stop. " * 400))
    assert "…" in shown(fake, message)["text"]
    assert "Transport" in shown(fake, message)["text"]
    assert len(fake.world.messages) == 1


async def test_a_picture_that_was_taken_away_goes_and_the_card_is_posted_anew(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face(picture(TEAL)))
    with pytest.raises(Unfit):
        await cards.edit(PLACE, message, face())
    assert not shown(fake, message)


async def test_after_a_restart_the_first_edit_shows_what_is_so(core: Core, bot: Bot, fake: FakeTelegram) -> None:
    cards = cards_of(core, bot)
    text, photo, lost = [await cards.post(PLACE, face(*more)) for more in ((), [picture(TEAL)], [picture(TEAL)])]
    cards = cards_of(core, bot)
    await cards.edit(PLACE, text, face(count="1 supporter"))
    await cards.edit(PLACE, photo, face(picture(RED), count="2 supporters"))
    with pytest.raises(Unfit):
        await cards.edit(PLACE, lost, face(count="3 supporters"))
    assert "1 supporter" in shown(fake, text)["text"]
    assert "2 supporters" in shown(fake, photo)["caption"]
    assert not shown(fake, lost)


async def test_a_picture_is_added_to_a_card_of_words(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face())
    await cards.edit(PLACE, message, face(picture(TEAL)))
    assert "photo" in shown(fake, message)
    assert WORDS.split()[0] in shown(fake, message)["caption"]


async def test_where_no_pictures_may_be_sent_the_words_go_alone(cards: Cards, fake: FakeTelegram) -> None:
    fake.world.mute(GROUP, can_send_messages=True)
    message = await cards.post(PLACE, face(picture(TEAL)))
    await cards.edit(PLACE, message, face(picture(TEAL), count="1 supporter"))
    assert "1 supporter" in shown(fake, message)["text"]


async def test_a_deleted_card_is_said_to_be_gone(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face())
    fake.world.messages.clear()
    with pytest.raises(Vanished) as gone:
        await cards.edit(PLACE, message, decided())
    assert not isinstance(gone.value, Unfit)
    await cards.remove(PLACE, message)


async def test_a_card_that_is_taken_away_is_deleted(cards: Cards, fake: FakeTelegram) -> None:
    message = await cards.post(PLACE, face())
    await cards.remove(PLACE, message)
    await cards.remove(PLACE, message)
    assert not fake.world.messages


@pytest.mark.parametrize("more", [(), (picture(TEAL),)])
async def test_a_card_too_old_to_be_deleted_is_emptied(
    core: Core, bot: Bot, fake: FakeTelegram, more: tuple[Image, ...]
) -> None:
    message = await cards_of(core, bot).post(PLACE, face(*more))
    age(fake, message)
    cards = cards_of(core, bot)
    await cards.remove(PLACE, message)
    await cards.remove(PLACE, message)
    left = shown(fake, message)
    assert left.get("text", left.get("caption")) == "This card was taken away."
    assert not labels(left)
    assert not [1 for size in left.get("photo", ()) if fake.world.files[size["file_id"]].content == TEAL]
