"""Points discord.py at another server: it has no public way to, so this is guarded by a test of its version."""

import discord.gateway
import discord.http
import yarl

OFFICIAL_API = "https://discord.com/api/v10"
OFFICIAL_GATEWAY = "wss://gateway.discord.gg/"


def point_at(api_url: str | None, gateway_url: str | None) -> None:
    """Have every client of this process talk to these addresses; None means Discord's own."""
    discord.http.Route.BASE = (api_url or OFFICIAL_API).rstrip("/")
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url or OFFICIAL_GATEWAY)
