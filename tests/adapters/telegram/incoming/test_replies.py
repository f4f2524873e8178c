"""A reply to the news of one's own item, in the private chat, is a word to the team about it."""

import pytest

from tests.adapters.telegram.stage import TelegramStage
from tests.sockets.updates import private
from tests.stage import Person


@pytest.fixture
async def news(telegram: TelegramStage, zoe: Person, omar: Person) -> object:
    await zoe.says("/problem The hall is cold")
    await omar.says("/queue 1 done")
    await telegram.deliver()
    zoe.hears("#1 is now resolved.")
    return next(one for one in telegram.seen_by(zoe)[::-1]).calls[0].result


async def test_it_reaches_the_team(telegram: TelegramStage, zoe: Person, news: object) -> None:
    await telegram.write(zoe, "No, it is still cold", private(telegram.account(zoe)), reply_to=news)
    zoe.hears("The team reads this with #1.")
    await telegram.deliver()
    assert "The author of #1, which is resolved, writes:" in telegram.staff()[-1]


async def test_what_replies_to_nothing_is_a_question(telegram: TelegramStage, zoe: Person, news: object) -> None:
    assert news
    await telegram.write(zoe, "When does it open?", private(telegram.account(zoe)))
    zoe.hears("I've passed it on")
