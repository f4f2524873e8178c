"""Classifies messages: by a person, forwarded, a reply to the bot, talk about a card."""

from collections.abc import Iterable, Iterator

import discord

from adapters.discord.outgoing.drawing.faces import is_card

WRITTEN_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)


def from_a_person(message: discord.Message) -> bool:
    """Whether a person wrote it, not a bot, and it is no system message such as about a pin or a call."""
    return message.type in WRITTEN_BY_PEOPLE and not (message.author.bot or message.webhook_id)


def is_forwarded(message: discord.Message) -> bool:
    """Whether it forwards another message, whose author Discord does not name."""
    return bool(message.message_snapshots)


def is_reply_to(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether it is a reply (not a forward) to a message of the bot, with or without a mention."""
    answered = _answered(message)
    return answered is not None and answered.author.id == me.id


def is_reply_to_card(message: discord.Message) -> bool:
    """Whether it is a reply to a card, and so talk among members about the item."""
    return is_card(_answered(message))


def is_in_post_of(message: discord.Message, me: discord.ClientUser | None) -> bool:
    """Whether it is in the forum post that the bot opened for a card."""
    there = message.channel
    return me is not None and isinstance(there, discord.Thread) and there.owner_id == me.id


def words_answered(message: discord.Message, me: discord.ClientUser | None) -> str:
    """The text of the bot's message that a message in a private chat replies to; empty for none."""
    answered = _answered(message)
    if me is None or answered is None or answered.author.id != me.id or message.guild is not None:
        return ""
    return answered.content or "\n".join(_texts(answered.components))


def _texts(components: Iterable[object]) -> Iterator[str]:
    """The texts of a message's components, in order."""
    for one in components:
        if isinstance(one, discord.TextDisplay):
            yield one.content
        yield from _texts(getattr(one, "children", ()))


def _answered(message: discord.Message) -> discord.Message | None:
    answered = message.reference.resolved if message.reference and not is_forwarded(message) else None
    return answered if isinstance(answered, discord.Message) else None
