"""Too much at once: said kindly, with the time there is room again; too many open: said with the way out."""

import pytest

from bot.settings.config import Settings
from tests.stage import Person


@pytest.fixture
def settings(settings: Settings) -> Settings:
    few = settings.limits.model_copy(
        update={"filings": "3 per 10 minutes", "questions": "1 per 30 seconds", "open_items": 1}
    )
    return settings.model_copy(update={"limits": few})


@pytest.mark.on("telegram")
async def test_the_message_that_says_no_says_when(camille: Person) -> None:
    for _ in range(4):
        await camille.says("/praise Called back in ten minutes!")
    camille.hears(
        "That is a lot at once, thank you. There is room again in 10 minutes; nothing of this message was kept."
    )
