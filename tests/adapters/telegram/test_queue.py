"""The moderators' queue on Telegram, alone with the bot and in the staff's chat: one message, changed in place."""

from collections.abc import Sequence

import pytest

from bot.ports.inbound import Role
from tests.adapters.telegram.reading import standing
from tests.adapters.telegram.stage import STAFF, TelegramStage
from tests.screens import give_time, keep_up
from tests.sockets.updates import JSON, private
from tests.stage import Person

DESK: JSON = {"id": STAFF, "type": "supergroup", "title": "Desk"}


@pytest.fixture
def lea(telegram: TelegramStage) -> Person:
    return Person(telegram, "lea", Role.MODERATOR)


@pytest.fixture(params=["alone", "staff"])
def where(request: pytest.FixtureRequest, telegram: TelegramStage, omar: Person) -> JSON:
    """Where Omar goes through the queue."""
    return private(telegram.account(omar)) if request.param == "alone" else DESK


@pytest.fixture
async def filed(telegram: TelegramStage, zoe: Person) -> None:
    for words in ("/suggest A dark theme", "/problem The lift is stuck", "/problem Parcels arrive late"):
        await zoe.says(words)


@pytest.fixture
def patient(telegram: TelegramStage) -> None:
    give_time(telegram)


async def sent(telegram: TelegramStage, chat: int) -> Sequence[str]:
    """What new messages said in a chat."""
    return [call.shown for call in await telegram.fake.sent("sendMessage") if call.chat == chat]


async def shown(telegram: TelegramStage, chat: int) -> str:
    """What the last message that was sent or edited in a chat shows."""
    calls = [one for one in telegram.fake.journal.calls if one.method in {"sendMessage", "editMessageText"}]
    return [one.shown for one in calls if one.chat == chat and one.status == 200][-1]


def stands(telegram: TelegramStage, chat: int) -> list[str]:
    """What the messages of a chat show now."""
    calls = [one for one in telegram.fake.journal.calls if one.chat == chat and one.status == 200]
    return standing([one for one in calls if one.method in {"sendMessage", "editMessageText"}], set())


@pytest.mark.usefixtures("filed")
async def test_it_is_narrowed_decided_on_gone_through_and_taken_from_view_in_one_message(
    telegram: TelegramStage, omar: Person, where: JSON, lea: Person
) -> None:
    await telegram.write(omar, "/queue problems", where)
    assert "The lift is stuck" in await shown(telegram, where["id"])
    before = await sent(telegram, where["id"])
    await omar.presses("Next")
    assert "Parcels arrive late" in await shown(telegram, where["id"])
    await omar.presses("Being handled")
    said = await shown(telegram, where["id"])
    assert "#3 is now being handled." in said
    assert "The lift is stuck" in said
    await omar.presses("All")
    assert "A dark theme" in await shown(telegram, where["id"])
    assert await sent(telegram, where["id"]) == before, "no new message"
    # Taking from view and back, and a colleague's decision, change it where it stands.
    await telegram.write(omar, "/queue 1", where)
    await omar.presses("Take from view")
    await omar.presses("It names a person.")
    assert "#1 is taken from view" in await shown(telegram, where["id"])
    await omar.presses("Put back in view")
    assert "#1 is back in view." in await shown(telegram, where["id"])
    await telegram.write(omar, "/queue 2", where)
    await telegram.write(lea, "/queue 2 planned", private(telegram.account(lea)))
    before = await sent(telegram, where["id"])
    await keep_up(telegram)
    assert "Changed meanwhile: #2 is being handled." in await shown(telegram, where["id"])
    assert await sent(telegram, where["id"]) == before


@pytest.mark.usefixtures("filed")
async def test_the_card_is_true_after_a_reason_that_was_asked_for_below_it(
    telegram: TelegramStage, zoe: Person, omar: Person
) -> None:
    await zoe.says("/suggest A bench")
    for where, numbers in ((private(telegram.account(omar)), (1, 2)), (DESK, (4, 3))):
        for number, typed in zip(numbers, (True, False), strict=True):
            await telegram.write(omar, f"/queue {number}", where)
            await omar.presses("Not planned" if typed else "Explained")
            await (telegram.write(omar, "Too dear.", where) if typed else omar.presses("It works as it is meant to."))
            said = f"#{number} is now {'not planned' if typed else 'explained'}."
            assert said in await shown(telegram, where["id"])
            await keep_up(telegram)
            cards = [text for text in stands(telegram, where["id"]) if f"n #{number}" in text or f"m #{number}" in text]
            assert [card for card in cards if "Status: received" in card] == [], (where, typed)


@pytest.mark.usefixtures("filed", "patient")
async def test_a_decision_is_undone_where_it_was_made(telegram: TelegramStage, omar: Person) -> None:
    for number, (where, label) in enumerate(((private(telegram.account(omar)), "Planned"), (DESK, "Being handled")), 1):
        await telegram.write(omar, f"/queue {number}", where)
        await omar.presses(label)
        before = await sent(telegram, where["id"])
        await omar.presses("Undo")
        assert f"Undone: #{number} is received again; nobody hears of it." in await shown(telegram, where["id"])
        assert await sent(telegram, where["id"]) == before
