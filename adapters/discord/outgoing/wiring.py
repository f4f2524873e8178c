"""Uses of discord.py's private API, guarded by a test of its version: addresses, logins, responses as plain JSON."""

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


def set_addresses(api_url: str | None, gateway_url: str | None) -> None:
    """Set the API and gateway addresses of every client in this process; None means Discord's own."""
    discord.http.Route.BASE = (api_url or OFFICIAL_API).rstrip("/")
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url or OFFICIAL_GATEWAY)


async def reset_login(client: discord.Client) -> None:
    """Close the connections of a failed login, so that the next login opens its own."""
    await client.http.close()
    client.http.connector = MISSING


async def respond(interaction: discord.Interaction, message: dict[str, Any], *, ephemeral: bool) -> None:
    """Send a message as an interaction's first response, as plain JSON.

    The library's own method makes objects for the view, its buttons and the message sent, which takes as long as the
    request itself.

    Args:
        message: the message in the JSON of Discord's API.
        ephemeral: whether only the person who acted sees it.

    Raises:
        discord.InteractionResponded: a response was sent before.
        discord.HTTPException: Discord refuses it.
    """
    response, state = interaction.response, interaction._state
    if response.is_done():
        raise discord.InteractionResponded(interaction)
    flag = discord.MessageFlags.ephemeral.flag if ephemeral else 0
    kind = discord.InteractionResponseType.channel_message
    await async_context.get().request(
        Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction.id,
            webhook_token=interaction.token,
        ),
        session=interaction._session,
        payload={"type": kind.value, "data": {**message, "flags": message["flags"] | flag}},
        proxy=state.http.proxy,
        proxy_auth=state.http.proxy_auth,
    )
    response._response_type = kind
