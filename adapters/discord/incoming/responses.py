"""Sends and edits the messages that respond to an interaction, and determines which of these to do."""

from contextlib import suppress

import discord
import structlog

from adapters.discord.incoming.first import ALREADY_ACKNOWLEDGED, CONNECTION_ERRORS, send_first_response
from adapters.discord.outgoing.drawing.payload import edit_arguments, payload, send_arguments
from adapters.discord.outgoing.drawing.render import Outgoing
from adapters.discord.outgoing.messages import matching
from adapters.discord.outgoing.wiring import respond
from bot.ports.reply import Ask, Reply, buttons_of

EXPIRED = frozenset({10062, 10015, 50027})
"""Discord's error codes for an expired interaction: after 3 s unacknowledged, after 15 min acknowledged."""
UNKNOWN_MESSAGE = 10008
"""Discord's error code for a message that does not exist, such as an acknowledgement that was dismissed."""


def log_refusal(refusal: discord.HTTPException) -> None:
    """Log a refusal by Discord, except that an interaction had expired."""
    if refusal.code not in EXPIRED:
        structlog.get_logger().error("discord", refused=refusal.code, status=refusal.status)


async def send_message(interaction: discord.Interaction, message: Outgoing, *, ephemeral: bool, return_id: bool) -> str:
    """Send a message as the first response: as plain JSON, which is faster, or with files by the library.

    Returns:
        Its id if `return_id` is set, else empty.
    """
    if not message.files:
        return await respond(interaction, payload(message), ephemeral=ephemeral, return_id=return_id)
    made = await interaction.response.send_message(**send_arguments(message), ephemeral=ephemeral)
    return str(made.message_id or "")


async def edit_pressed(interaction: discord.Interaction, made: Outgoing) -> bool:
    """Edit the message whose button was pressed, as the first response; False when Discord refuses the edit."""
    message = matching(interaction.message, made) if interaction.message else made
    try:
        await send_first_response(lambda: interaction.response.edit_message(**edit_arguments(message)))
    except discord.HTTPException as error:
        if error.code in EXPIRED or error.code == ALREADY_ACKNOWLEDGED:
            raise
        return False
    return True


async def edit_acknowledgement(interaction: discord.Interaction, message: Outgoing, *, ephemeral: bool) -> str:
    """Edit the acknowledgement into the answer; unlike sending a new message, this can be retried safely.

    Returns:
        The message's id; empty if the acknowledgement was dismissed.
    """
    try:
        made = await send_first_response(lambda: interaction.edit_original_response(**edit_arguments(message)))
    except discord.NotFound as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
        await interaction.followup.send(**send_arguments(message), ephemeral=ephemeral)
        return ""
    return str(made.id) if made else ""


async def delete_acknowledgement(interaction: discord.Interaction) -> None:
    """Delete an acknowledgement whose answer was sent in another way; errors are ignored."""
    with suppress(discord.HTTPException, *CONNECTION_ERRORS):
        await interaction.delete_original_response()


def message_to_edit(interaction: discord.Interaction, reply: Reply) -> discord.Message | None:
    """The message that a reply edits, or None for a new one; a private reply never edits a public message."""
    pressed = interaction.message if reply.edits else None
    ephemeral = is_ephemeral(interaction, private=reply.private)
    return pressed if pressed and pressed.flags.ephemeral == ephemeral else None


def has_buttons(reply: Reply, ask: Ask) -> bool:
    """Whether a question comes with buttons, which a form cannot show."""
    return bool(ask.choices) or any(buttons_of(block) for block in reply.blocks)


def is_ephemeral(interaction: discord.Interaction, *, private: bool) -> bool:
    """Whether to send ephemerally: private replies in a guild. Direct messages are private anyway."""
    return private and interaction.guild_id is not None
