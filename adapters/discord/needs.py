"""The permissions the bot needs, the purpose of each, and the invitation link that asks for them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import discord

SCOPES = ("bot", "applications.commands")
NEEDS: Mapping[str, tuple[str, str]] = {
    "view_channel": ("View Channels", "to be asked there, and to know who sees the staff's channel"),
    "send_messages": ("Send Messages", "for digests and alerts, and to answer who mentions it"),
    "send_messages_in_threads": ("Send Messages in Threads", "the same, in threads"),
    "attach_files": ("Attach Files", "to show the pictures that come with feedback"),
    "read_message_history": ("Read Message History", "to answer a message as a reply to it"),
}
"""By discord.py's name of the permission: its name in Discord, and its purpose."""
CHANNEL = frozenset(NEEDS) - {"send_messages_in_threads"}
THREAD = frozenset(NEEDS) - {"send_messages"}
"""The permissions needed in a channel, and in a thread."""
FORUM = CHANNEL | THREAD
"""The permissions needed in a forum for cards, which are its posts."""
FORUM_NAMES: Mapping[str, str] = {
    "send_messages": "Create Posts",
    "send_messages_in_threads": "Send Messages in Posts",
    "manage_threads": "Manage Posts",
}
"""Discord's names of permissions in the settings of a forum, where they differ."""
HANDY: Mapping[str, tuple[str, str]] = {
    "manage_channels": ("Manage Channels", "it makes no tags, and uses those of the forum that fit"),
    "manage_threads": ("Manage Posts", "it empties the posts of what was taken back, and cannot delete them"),
}
"""Permissions that are useful but not necessary for a forum's cards, so that the link does not ask for them: the name
in Discord, and the consequence of lacking it."""


def invitation(application: int) -> str:
    """The link that adds the bot to a server."""
    return discord.utils.oauth_url(
        application, permissions=discord.Permissions(**dict.fromkeys(NEEDS, True)), scopes=SCOPES
    )


def rights() -> tuple[str, ...]:
    """The permissions the link asks for, each with its purpose."""
    return tuple(f"{name}: {purpose}" for name, purpose in NEEDS.values())


def missing(
    held: discord.Permissions, needed: Iterable[str] = NEEDS, names: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Discord's names of the needed permissions that the bot lacks, joined by commas; empty if none.

    Args:
        names: by discord.py's name, the names of permissions that are called differently there.
    """
    wanted = frozenset(needed)
    return ", ".join(
        names.get(flag, name) for flag, (name, _) in NEEDS.items() if flag in wanted and not getattr(held, flag)
    )
