"""A card in a group: a press is answered by a notice over the group, and by nothing else."""

import pytest

from tests.adapters.telegram.stage import GROUP, TelegramStage
from tests.cards import show_card
from tests.sockets.fakes.telegram import faults
from tests.stage import Person


@pytest.fixture
async def card(telegram: TelegramStage, ines: Person) -> int:
    """The number of the message that shows an idea of Inès's."""
    await ines.says("/suggest Sunday opening")
    await show_card(telegram)
    return int(telegram.shown[-1].calls[0].message["message_id"])


async def test_a_press_is_answered_over_the_group_and_the_card_stays(
    telegram: TelegramStage, zoe: Person, card: int
) -> None:
    before = dict(telegram.fake.world.messages)
    words = telegram.fake.world.messages[GROUP, card]["text"]
    await zoe.presses("Support")
    await zoe.presses("Follow")
    zoe.hears("You will hear what becomes of #1.")
    assert list(telegram.fake.world.messages) == list(before), "nobody was written to"
    assert telegram.fake.world.messages[GROUP, card]["text"] == words


async def test_a_press_whose_notice_comes_too_late_is_counted_and_nobody_is_written_to(
    telegram: TelegramStage, zoe: Person, card: int
) -> None:
    sent = telegram.fake.journal.counts()["sendMessage"]
    telegram.fake.fail("answerCallbackQuery", faults.broken(400, "Bad Request: query is too old"))
    await zoe.presses("Support")
    assert telegram.fake.journal.counts()["sendMessage"] == sent
    await zoe.says("/status 1")
    zoe.hears("Support: 1 supporter")
