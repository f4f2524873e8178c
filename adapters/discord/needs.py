"""The permissions the bot needs, the purpose of each, and the invitation link that asks for them."""

from collections.abc import Iterable, Mapping

import discord

SCOPES = ("bot", "applications.commands")
NEEDS: Mapping[str, tuple[str, str]] = {
    "view_channel": ("View Channels", "to be asked there, and to know who sees the staff's channel"),
    "send_messages": ("Send Messages", "for digests and alerts, and to answer who mentions it"),
    "send_messages_in_threads": ("Send Messages in Threads", "the same, in threads"),
    "attach_files": ("Attach Files", "to show the pictures that come with feedback"),
    "read_message_history": ("Read Message History", "to answer a message as a reply to it"),
}
"""By discord.py's name of the permission: the name in Discord, and the purpose."""
CHANNEL = frozenset(NEEDS) - {"send_messages_in_threads"}
THREAD = frozenset(NEEDS) - {"send_messages"}
"""The permissions needed in a channel, and in a thread."""


def invitation(application: int) -> str:
    """The link that adds the bot to a server."""
    return discord.utils.oauth_url(
        application, permissions=discord.Permissions(**dict.fromkeys(NEEDS, True)), scopes=SCOPES
    )


def rights() -> tuple[str, ...]:
    """The permissions the link asks for, each with its purpose."""
    return tuple(f"{name}: {purpose}" for name, purpose in NEEDS.values())


def missing(held: discord.Permissions, needed: Iterable[str] = NEEDS) -> str:
    """Discord's names of the needed permissions that are not held, joined by commas; empty when all are."""
    wanted = frozenset(needed)
    return ", ".join(name for flag, (name, _) in NEEDS.items() if flag in wanted and not getattr(held, flag))
