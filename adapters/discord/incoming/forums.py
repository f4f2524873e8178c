"""Forum posts: their title is read as part of their first message, since it says what the post is about."""

import discord

from bot.commands.arguments import split


def with_title(channel: object, message: int, text: str) -> str:
    """The text of a message, preceded by the title of the forum post that it opens, if any.

    Args:
        channel: its channel.
        message: its id; a post's first message has the same id as the post.
        text: its text; a command at its beginning stays in front.
    """
    title = _title(channel, message)
    typed = split(text)
    words = typed.rest if typed else text
    if not title or words.casefold().startswith(title.casefold()):
        return text
    whole = f"{title}\n{words}".strip()
    return f"/{typed.name} {whole}" if typed else whole


def forum_of(channel: object) -> str:
    """The id of the forum that contains a channel as a post; empty when it is no post, or unknown."""
    if isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel):
        return str(channel.parent_id)
    return ""


def _title(channel: object, message: int) -> str:
    if not isinstance(channel, discord.Thread) or channel.id != message:
        return ""
    return channel.name.strip() if forum_of(channel) else ""
