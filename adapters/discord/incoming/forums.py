"""Forum posts: their title is read as part of their first message, since people say there what the post is about."""

import discord

from bot.commands.arguments import split


def with_title(channel: object, message: int, text: str) -> str:
    """The words of a message, after the title of the forum post that it opens; as they are when it opens none.

    Args:
        channel: where it stands.
        message: its id; the first message of a post has the post's own.
        text: its words; a command at their beginning stays there.
    """
    title = _title(channel, message)
    typed = split(text)
    words = typed.rest if typed else text
    if not title or words.casefold().startswith(title.casefold()):
        return text
    whole = f"{title}\n{words}".strip()
    return f"/{typed.name} {whole}" if typed else whole


def forum_of(channel: object) -> str:
    """The id of the forum that a channel is a post of; empty when it is none, or Discord did not tell."""
    if isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel):
        return str(channel.parent_id)
    return ""


def _title(channel: object, message: int) -> str:
    if not isinstance(channel, discord.Thread) or channel.id != message:
        return ""
    return channel.name.strip() if forum_of(channel) else ""
