"""Reads a message's text, with names in place of mentions by account number."""

import re

from telegram import Message, MessageEntity

LINK = re.compile(r"tg://(?:user\?id|openmessage\?user_id)=\d+")
"""A link to an account by its number."""
SOMEONE = "@someone"
UTF_16 = "utf-16-le"
"""The encoding in whose units Telegram counts; a unit is two bytes."""


def read_text(message: Message) -> str:
    """The text or caption of a message; mentions of people without a username are written as `@Zoe`."""
    text = message.text or message.caption or ""
    marked = message.entities or message.caption_entities
    mentions = [one for one in marked if one.type == MessageEntity.TEXT_MENTION]
    # From the last to the first, so that earlier offsets stay valid.
    for one in sorted(mentions, key=lambda one: one.offset, reverse=True):
        text = _called(text, one.offset)
    return LINK.sub(SOMEONE, text)


def _called(text: str, offset: int) -> str:
    """The text with `@` inserted at this offset, unless there is one or no word begins there."""
    units = text.encode(UTF_16, "surrogatepass")
    before, name = (part.decode(UTF_16, "surrogatepass") for part in (units[: offset * 2], units[offset * 2 :]))
    begins = not (before[-1:].isalnum() or before.endswith("/")) and offset >= 0
    return f"{before}@{name}" if begins and not name.startswith("@") else text
