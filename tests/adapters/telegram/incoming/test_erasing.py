"""A moderator answers a message of the person to erase."""

from tests.adapters.telegram.stage import PLAZA, TelegramStage
from tests.stage import Person


async def test_the_author_of_the_answered_message_is_erased(telegram: TelegramStage, zoe: Person, omar: Person) -> None:
    await zoe.says("/suggest Sunday opening")
    asked = await telegram.write(zoe, "Please erase all of me")
    await telegram.write(omar, "/erase", PLAZA, reply_to=asked["message"])
    assert "everything about" in telegram.told_alone(omar)[-1]
    await omar.presses("Erase, as they asked")
    omar.hears("Done. 1 item with a name was blanked.")
