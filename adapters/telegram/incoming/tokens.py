"""Reads a message's text with words for what Telegram marks in it by an account's number."""

import re

from telegram import Message, MessageEntity

LINK = re.compile(r"tg://(?:user\?id|openmessage\?user_id)=\d+")
"""Leads to an account by its number."""
SOMEONE, AT = "@someone", b"@\0"
"""The words for an account without a name, and a mention's first character in UTF-16."""


def read_text(message: Message) -> str:
    """The text or caption of a message; people mentioned without a username stand there as `@Zoe`, as they are called.

    Telegram's own text has the words its writer saw; the account's number is beside it alone.
    """
    text = message.text or message.caption or ""
    marked = message.entities or message.caption_entities
    mentions = [one for one in marked if one.type == MessageEntity.TEXT_MENTION]
    units = text.encode("utf-16-le", "surrogatepass")
    # From the last to the first, so that the offsets before stay as they are. They count UTF-16 units of two bytes.
    for one in sorted(mentions, key=lambda one: one.offset, reverse=True):
        start = one.offset * 2
        if units[start : start + 2] != AT:
            units = units[:start] + AT + units[start:]
    return LINK.sub(SOMEONE, units.decode("utf-16-le", "surrogatepass"))
