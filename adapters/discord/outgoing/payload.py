"""Converts messages to the JSON of Discord's API."""

from discord import ButtonStyle, ComponentType, MessageFlags

from adapters.discord.outgoing.render import Outgoing, Rows
from adapters.values import JSON


def payload(message: Outgoing) -> JSON:
    """A message without files as JSON, with mentions and link previews off."""
    made: JSON = {"allowed_mentions": {"parse": []}, "flags": MessageFlags.suppress_embeds.flag}
    if message.content:
        made["content"] = message.content
    if message.rows:
        made["components"] = _components(message.rows)
    return made


def _components(rows: Rows) -> list[JSON]:
    button: JSON = {"type": ComponentType.button.value, "style": ButtonStyle.secondary.value}
    return [
        {
            "type": ComponentType.action_row.value,
            "components": [{**button, "label": label, "custom_id": custom_id} for label, custom_id in row],
        }
        for row in rows
    ]
