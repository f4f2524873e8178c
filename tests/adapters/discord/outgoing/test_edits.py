"""A message that was sent is edited by its id; where it is gone, what only edits it brings no new one."""

from dataclasses import replace

from bot.ports.adapter import Address
from bot.ports.reply import say
from tests.adapters.discord.stage import DiscordStage


async def test_it_is_edited_by_the_id_it_was_sent_with(discord: DiscordStage) -> None:
    to = Address(str(discord.desk.id), False, "first")
    message = await discord.send(to, say("Waiting"))
    before = len(discord.messages())
    again = replace(to, key="second", edits=message, edits_only=True)
    assert await discord.send(again, say("Decided")) == message
    assert len(discord.messages()) == before
    assert [one.content for one in discord.messages() if str(one.id) == message] == ["Decided"]


async def test_one_that_is_gone_brings_no_new_one(discord: DiscordStage) -> None:
    to = Address(str(discord.desk.id), False, "first", edits="123456789012345678", edits_only=True)
    before = len(discord.messages())
    assert await discord.send(to, say("Decided")) == ""
    assert len(discord.messages()) == before
