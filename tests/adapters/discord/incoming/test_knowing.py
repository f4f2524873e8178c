"""In a channel, whoever knows the answer to another's question proposes it in a form of their own."""

from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person

ASKED, SAID = "Where is the moon base?", "Behind the harbour."


async def test_another_in_the_channel_proposes_the_answer(discord: DiscordStage, mia: Person) -> None:
    max_ = await discord.seen(Person(discord, "max"))
    await discord.write(mia, f"{ASKED} {discord.mention}")
    assert "[I know the answer]" in discord.seen_in(discord.plaza)[-1]
    await max_.presses("I know the answer")
    await max_.fills(text=SAID)
    max_.hears("Passed on. The team reads it first", SAID)
    assert not [text for text in discord.seen_in(discord.plaza) if SAID in text]
