"""A moderator picks the person to erase from Discord's own list of people."""

from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person


async def test_a_person_is_picked_and_erased(discord: DiscordStage, mia: Person, rosa: Person) -> None:
    await mia.says("/suggest Sunday opening")
    await discord.actor(rosa).slash(discord.plaza, "erase", person=discord.actor(mia))
    await discord.deliver()
    assert "Only at their own request" in rosa.stage.heard(rosa)[-1]
    await rosa.presses("Erase, as they asked")
    rosa.hears("Done. 1 item with a name was blanked.")
    await mia.says("/mine")
    assert "Sunday opening" not in mia.stage.heard(mia)[-1]


async def test_a_mention_names_a_person_too(discord: DiscordStage, mia: Person, rosa: Person) -> None:
    await mia.says("/suggest Sunday opening")
    await discord.write(rosa, f"{discord.mention} /erase <@{discord.actor(mia).id}>")
    await rosa.presses("Erase, as they asked")
    rosa.hears("Done. 1 item with a name was blanked.")
