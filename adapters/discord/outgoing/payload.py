"""Messages as Discord's API takes them, in plain values."""

from typing import Any

from discord import ButtonStyle, ComponentType, MessageFlags

from adapters.discord.outgoing.render import Outgoing, Rows

JSON = dict[str, Any]


def payload(message: Outgoing) -> JSON:
    """A message without files; nobody is mentioned by it, and its links show no preview."""
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
