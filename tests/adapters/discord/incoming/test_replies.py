"""A reply to the news of one's own item, in the private chat, is a word to the team about it."""

from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person


async def test_it_reaches_the_team(discord: DiscordStage, mia: Person, rosa: Person) -> None:
    await mia.says("/problem The hall is cold")
    await rosa.says("/queue 1 done")
    await discord.deliver()
    mia.hears("#1 is now resolved.")
    alone = discord.env.backend.get_dm_channel(discord.actor(mia).id).id
    news = list(discord.env.backend.messages[alone].values())[-1]
    reference = {"channel_id": str(alone), "message_id": str(news.id)}
    await discord.actor(mia).send_dm("No, it is still cold", reference=reference)
    await discord.deliver()
    mia.hears("The team reads this with #1.")
    await discord.deliver()
    assert "The author of #1, which is resolved, writes:" in discord.staff()[-1]
