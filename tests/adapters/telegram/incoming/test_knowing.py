"""In a group, whoever knows the answer to another's question proposes it, alone with the bot."""

from tests.adapters.telegram.stage import GROUP, TelegramStage
from tests.stage import Person

ASKED, SAID = "Where is the moon base?", "Behind the harbour."


async def test_another_in_the_group_proposes_the_answer(telegram: TelegramStage, zoe: Person) -> None:
    sam = Person(telegram, "sam")
    await telegram.write(zoe, f"{ASKED} @Portevoix_bot")
    assert "[I know the answer]" in telegram.seen_in(GROUP)[-1]
    await sam.presses("I know the answer")
    sam.hears("What is the answer to", "The team reads it first.")
    await sam.says(SAID)
    sam.hears("Passed on. The team reads it first", SAID)
    assert not [text for text in telegram.seen_in(GROUP) if SAID in text]
