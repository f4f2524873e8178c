"""What discord.py has no public way to do, guarded by a test of its version: its addresses, logins, plain responses."""

from typing import Any

import discord
import discord.gateway
import discord.http
import yarl
from discord.http import Route
from discord.utils import MISSING
from discord.webhook.async_ import async_context

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


async def respond(interaction: discord.Interaction, message: dict[str, Any], *, hidden: bool) -> None:
    """Give a message in plain values as an interaction's first response.

    The library's own way makes a view, its buttons and the message sent, which takes as long as the sending itself.

    Args:
        message: as Discord's API takes it.
        hidden: whether only the person who acted sees it.

    Raises:
        discord.InteractionResponded: it was answered before.
        discord.HTTPException: Discord refuses it.
    """
    response, state = interaction.response, interaction._state
    if response.is_done():
        raise discord.InteractionResponded(interaction)
    ephemeral = discord.MessageFlags.ephemeral.flag if hidden else 0
    kind = discord.InteractionResponseType.channel_message
    await async_context.get().request(
        Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction.id,
            webhook_token=interaction.token,
        ),
        session=interaction._session,
        payload={"type": kind.value, "data": {**message, "flags": message["flags"] | ephemeral}},
        proxy=state.http.proxy,
        proxy_auth=state.http.proxy_auth,
    )
    response._response_type = kind
