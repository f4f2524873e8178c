"""New words for a message: offered as an edit of what was filed from it, once; a preview or a pin is none."""

import discord as discord_py
from simcord.backend import serializers

from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person


async def edit(stage: DiscordStage, person: Person, said: discord_py.Message, words: str) -> None:
    """Somebody changes what they wrote."""
    stage.env.backend.edit_message(said.channel.id, said.id, {"content": words})
    await stage.env.settle()
    await stage.deliver()


async def tell_again(stage: DiscordStage, said: discord_py.Message) -> None:
    """Discord tells of a message anew, as once it has a preview of a link or was pinned."""
    stored = stage.env.backend.get_message(said.channel.id, said.id)
    stage.env.backend.emit("MESSAGE_UPDATE", dict(serializers.message_payload(stage.env.backend, stored)))
    await stage.env.settle()
    await stage.deliver()


async def test_an_edited_message_is_offered_as_an_edit_each_time_and_a_preview_a_pin_or_an_old_edit_is_none(
    discord: DiscordStage, mia: Person
) -> None:
    said = await discord.write(mia, f"{discord.mention} /suggest A drak theme")
    await edit(discord, mia, said, f"{discord.mention} /suggest A dark theme")
    asked = discord.told_alone(mia)[-1]
    assert "You changed your message. Should #1 read like this now?" in asked
    assert "A dark theme" in asked
    await mia.presses("Change it")
    mia.hears("#1 now reads:", "A dark theme")
    # Alone with the bot, each time.
    said = await discord.actor(mia).send_dm("/suggest Sundey opnin")
    await discord.deliver()
    for words in ("Sundey opening", "Sunday opening"):
        await discord.env.advance_time(5)
        await edit(discord, mia, said, f"/suggest {words}")
        assert words in discord.told_alone(mia)[-1]
    # A preview or a pin is none.
    said = await discord.actor(mia).send_dm("/suggest Longer huors")
    await discord.deliver()
    seen = len(discord.told_alone(mia))
    await tell_again(discord, said)
    assert len(discord.told_alone(mia)) == seen
    await edit(discord, mia, said, "/suggest Longer hours")
    for _ in range(2):
        await tell_again(discord, said)
    assert len(discord.told_alone(mia)) == seen + 1
    # Nor is an old one that is told again.
    said = await discord.actor(mia).send_dm("/suggest A benhc")
    await discord.deliver()
    seen = len(discord.told_alone(mia))
    stored = discord.env.backend.get_message(said.channel.id, said.id)
    stored.content, stored.edited_timestamp = "/suggest A bench", discord.env.backend.now_iso()
    await discord.env.advance_time(3_700)
    await tell_again(discord, said)
    assert len(discord.told_alone(mia)) == seen


async def test_edited_talk_among_others_and_the_bots_own_edits_are_left_alone(
    discord: DiscordStage, mia: Person
) -> None:
    said = await discord.write(mia, "see you tonight")
    await edit(discord, mia, said, "Can I give frozen food?")
    assert not discord.messages()
    # Its own edits are nothing to answer.
    await discord.write(mia, f"{discord.mention} Where is the moon base?")
    (own,) = discord.messages()
    discord.env.backend.edit_message(own.channel_id, own.id, {"content": f"{discord.mention} /suggest A dark theme"})
    await discord.env.settle()
    await discord.deliver()
    assert len(discord.messages()) == 1
