"""All uses of discord.py's private API, for which a test pins its version: addresses, logins, raw responses."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import discord
import discord.gateway
import discord.http
import yarl
from discord.http import Route, handle_message_parameters
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


async def respond(
    interaction: discord.Interaction, message: dict[str, Any], *, ephemeral: bool, return_id: bool = False
) -> str:
    """Send a message as an interaction's first response, as plain JSON.

    The library's own method makes objects for the view, its buttons and the message sent, which takes as long as the
    request itself.

    Args:
        message: the message in the JSON of Discord's API.
        ephemeral: whether only the person who acted sees it.
        return_id: whether Discord is asked to return the id of the message.

    Returns:
        That id; empty if `return_id` is not set.

    Raises:
        discord.InteractionResponded: a response was sent before.
        discord.HTTPException: Discord refuses it.
    """
    response, state = interaction.response, interaction._state
    if response.is_done():
        raise discord.InteractionResponded(interaction)
    flag = discord.MessageFlags.ephemeral.flag if ephemeral else 0
    kind = discord.InteractionResponseType.channel_message
    answer = await async_context.get().request(
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
        params={"with_response": "true"} if return_id else None,
    )
    response._response_type = kind
    return str(answer["interaction"].get("response_message_id", "")) if return_id and answer else ""


class Repeated(Exception):
    """The library is about to repeat a request that may have taken effect."""


async def start_post(forum: discord.ForumChannel, message: dict[str, Any], **about: Any) -> discord.Thread:
    """Open a post of a forum, trying once: Discord deduplicates no posts, and the library's own method repeats.

    Args:
        message: the arguments of discord.py's `send` for its first message.
        about: the post's name and more, in the JSON of Discord's API.

    Raises:
        Repeated: Discord failed, so that it may have been opened, or the library waited for a rate limit.
        discord.HTTPException: Discord refuses it.
    """
    with handle_message_parameters(
        view=message["view"],
        files=message.get("files", MISSING),
        allowed_mentions=message["allowed_mentions"],
        flags=discord.MessageFlags(suppress_embeds=True),
        channel_payload={"type": discord.ChannelType.public_thread.value, **about},
    ) as made:
        fields = made.multipart or [
            {"name": "payload_json", "value": json.dumps(made.payload), "content_type": "application/json"}
        ]
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum.id)
        opened = await forum._state.http.request(route, form=_Once(fields), params={"use_nested_fields": 1})
    return discord.Thread(guild=forum.guild, state=forum._state, data=opened)


def applied_tags(post: discord.Thread) -> list[int]:
    """The ids of a post's tags, even if its forum is not cached."""
    return list(post._applied_tags)


class _Once:
    """The fields of an HTTP form, which can be iterated once: the library does so before each attempt."""

    def __init__(self, fields: Sequence[dict[str, Any]]) -> None:
        self._fields = fields
        self._read = False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        if self._read:
            raise Repeated
        self._read = True
        return iter(self._fields)
