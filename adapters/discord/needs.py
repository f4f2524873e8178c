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
"""By discord.py's name of the permission: the name in Discord, and the purpose."""
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
"""What Discord calls permissions in the settings of a forum, where that differs."""
HANDY: Mapping[str, tuple[str, str]] = {
    "manage_channels": ("Manage Channels", "it makes no tags, and uses those of the forum that fit"),
    "manage_threads": ("Manage Posts", "it empties the posts of what was taken back, and cannot delete them"),
}
"""What a forum's cards are better with and do not need, so that the link does not ask for it: the name in Discord, and
what is so without it."""


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
    """Discord's names of the needed permissions that are not held, joined by commas; empty when all are.

    Args:
        names: what some are called there, by discord.py's name.
    """
    wanted = frozenset(needed)
    return ", ".join(
        names.get(flag, name) for flag, (name, _) in NEEDS.items() if flag in wanted and not getattr(held, flag)
    )
