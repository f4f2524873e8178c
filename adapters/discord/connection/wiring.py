"""What discord.py has no public way to do, guarded by a test of its version: another server, another try at login."""

import discord
import discord.gateway
import discord.http
import yarl
from discord.utils import MISSING

OFFICIAL_API = "https://discord.com/api/v10"
OFFICIAL_GATEWAY = "wss://gateway.discord.gg/"


def point_at(api_url: str | None, gateway_url: str | None) -> None:
    """Have every client of this process talk to these addresses; None means Discord's own."""
    discord.http.Route.BASE = (api_url or OFFICIAL_API).rstrip("/")
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url or OFFICIAL_GATEWAY)


async def start_over(client: discord.Client) -> None:
    """Let go of the connections of a login that failed: the next one makes its own."""
    await client.http.close()
    client.http.connector = MISSING
