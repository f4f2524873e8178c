"""A minimal discord.py echo bot, written as in its documentation: the baseline for the Discord benchmark."""

import os

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route


class Echo(discord.Client):
    """Answers `/suggest` with the same words."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        """Register the command with the platform."""
        self.tree.add_command(suggest)
        await self.tree.sync()


@app_commands.command()
@app_commands.describe(text="Your words")
async def suggest(interaction: discord.Interaction, text: str) -> None:
    """Suggest an improvement."""
    await interaction.response.send_message(text, ephemeral=True)


def main() -> None:
    """Connect to the fake platform and answer until interrupted."""
    url = os.environ["BENCH_URL"]
    Route.BASE = f"{url}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url.replace("http", "ws"))
    Echo().run(os.environ["PORTEVOIX_DISCORD__TOKEN"])


if __name__ == "__main__":
    main()
