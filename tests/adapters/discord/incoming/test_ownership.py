"""A forwarded message is read when it comes to the bot alone, and never taken for its sender's own words."""

from typing import Any

import discord as library
import simcord
from sqlmodel import select

from storage.models import Feedback
from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person


async def say(stage: DiscordStage, person: Person, text: str, **more: Any) -> library.Message:
    """Say something where the bot does not read along."""
    return await stage.actor(person).send(stage.guild.create_text_channel("elsewhere"), text, **more)


async def forward(stage: DiscordStage, person: Person, message: library.Message) -> None:
    """Forward a message to the bot alone."""
    channel = stage.env.backend.get_dm_channel(stage.actor(person).id)
    await stage.actor(person).forward(message, simcord.ChannelHandle(stage.env, None, channel))
    await stage.deliver()


async def items(stage: DiscordStage) -> list[Feedback]:
    return await stage.core.store.read(lambda session: list(session.exec(select(Feedback))))


async def test_a_forwarded_suggestion_is_asked_about(discord: DiscordStage, mia: Person, luc: Person) -> None:
    await forward(discord, mia, await say(discord, luc, "/suggest A bench at the gate"))
    mia.hears("These are somebody else’s words", "> A bench at the gate", "[Send as mine] [Pass on without a name]")
    assert not await items(discord)
    await mia.presses("Send as mine")
    mia.hears("Got it: suggestion #1.")


async def test_forwarded_words_are_read(discord: DiscordStage, mia: Person, luc: Person) -> None:
    await forward(discord, mia, await say(discord, luc, "the gate squeaks again"))
    mia.hears("> the gate squeaks again", "[As a suggestion] [As a problem] [Look it up] [Cancel]")


async def test_a_forwarded_picture_is_said_not_to_be_kept(discord: DiscordStage, mia: Person, luc: Person) -> None:
    picture = [("cat.png", b"cat")]
    await forward(discord, mia, await say(discord, luc, "", attachments=picture))
    mia.hears("To send the team a file, write /suggest or /problem first, or as its caption.")
    await forward(discord, mia, await say(discord, luc, "/suggest A cat", attachments=picture))
    mia.hears("> A cat", "1 file is not taken along")


async def test_what_the_bot_said_is_not_answered_by_forwarding_it_to_others(
    discord: DiscordStage, mia: Person, luc: Person
) -> None:
    await discord.write(mia, f"{discord.mention} /top")
    shown = discord.messages()[-1]
    await discord.actor(luc).forward(simcord.ResponseMessage(discord.env, shown), discord.plaza)
    await discord.deliver()
    assert len(discord.messages()) == 1
