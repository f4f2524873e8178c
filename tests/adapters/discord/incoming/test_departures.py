"""The bot notes when it is removed from a place, and when it is back."""

from datetime import datetime

from sqlmodel import select

from storage.models import Place
from storage.people import communities
from tests.adapters.discord.stage import DiscordStage


async def away(discord: DiscordStage) -> dict[str, datetime | None]:
    found = await discord.core.store.read(lambda session: communities.places(session, "discord"))
    return {place.external_id: place.left_at for place in found}


async def happens(discord: DiscordStage, event: str, **what: object) -> None:
    discord.env.backend.emit(event, what)
    await discord.env.settle()


async def test_a_server_the_bot_is_removed_from_is_noted_with_its_channels(discord: DiscordStage) -> None:
    guild, desk = str(discord.guild.id), str(discord.desk.id)
    assert await away(discord) == {guild: None, desk: None}
    await happens(discord, "GUILD_DELETE", id=guild)
    assert set((await away(discord)).values()) == {discord.core.clock.now()}


async def test_an_outage_of_a_server_is_no_removal(discord: DiscordStage) -> None:
    await happens(discord, "GUILD_DELETE", id=str(discord.guild.id), unavailable=True)
    assert set((await away(discord)).values()) == {None}


async def test_a_deleted_channel_is_noted_and_the_server_stays(discord: DiscordStage) -> None:
    await discord.discord.client.get_channel(discord.desk.id).delete()  # type: ignore[union-attr]
    await discord.env.settle()
    found = await away(discord)
    assert found[str(discord.desk.id)] == discord.core.clock.now()
    assert found[str(discord.guild.id)] is None


async def test_what_happened_while_the_bot_was_away_is_noted_at_the_next_start(discord: DiscordStage) -> None:
    def gone(session: object) -> None:
        communities.join_place(session, 1, "discord", "424242", staff=False)  # type: ignore[arg-type]

    await discord.core.store.write(gone)
    await discord.restart()
    await discord.env.settle()
    found = await away(discord)
    assert found["424242"] == discord.core.clock.now()
    assert found[str(discord.guild.id)] is None


async def test_a_place_that_is_there_again_is_noted_at_the_next_start(discord: DiscordStage) -> None:
    def leave(session: object) -> None:
        for place in session.exec(select(Place)):  # type: ignore[attr-defined]
            place.left_at = discord.core.clock.now()

    await discord.core.store.write(leave)
    await discord.restart()
    await discord.env.settle()
    assert set((await away(discord)).values()) == {None}
