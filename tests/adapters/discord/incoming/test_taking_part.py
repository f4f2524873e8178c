"""Who takes part: whom the guild has seen, until Discord, asked, says that they are there no more."""

from unittest.mock import AsyncMock

import aiohttp
import discord as library
import pytest

from tests.adapters.discord.stage import DiscordStage
from tests.stage import Person

HOW = "To take part, write to the bot once in a group of the community"


@pytest.fixture
async def known(discord: DiscordStage, mia: Person) -> Person:
    """Somebody who suggested something in the guild."""
    await mia.says("/suggest A dark theme")
    return mia


async def test_a_stranger_reads_nothing_and_whom_the_guild_has_seen_takes_part(
    discord: DiscordStage, known: Person
) -> None:
    stranger = Person(discord, "stranger")
    for words in ("/top", "/status 1", "Where is the lift?"):
        await discord.write_alone(stranger, words)
        assert HOW in discord.told_alone(stranger)[-1]
    await discord.write_alone(known, "/top")
    assert "A dark theme" in discord.told_alone(known)[-1]


async def test_who_left_the_guild_takes_part_no_more(discord: DiscordStage, known: Person) -> None:
    alone = discord.env.backend.get_dm_channel(discord.actor(known).id)
    assert alone
    discord.guild.remove_member(discord.actor(known))
    await discord.write_alone(known, "/top")
    assert HOW in discord.told_alone(known)[-1]


async def test_without_an_answer_nobody_is_shut_out(discord: DiscordStage, monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (aiohttp.ServerDisconnectedError(), TimeoutError(), library.RateLimited(60)):
        person = Person(discord, type(error).__name__)
        await person.says(f"/suggest A dark theme for {person.id}")
        with monkeypatch.context() as patch:
            patch.setattr(library.Guild, "fetch_member", AsyncMock(side_effect=error))
            await discord.write_alone(person, "/top")
        assert f"A dark theme for {person.id}" in discord.told_alone(person)[-1]
