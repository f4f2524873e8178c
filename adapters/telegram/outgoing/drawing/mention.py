"""Mentions of the person an answer in a group is for, so that a question opens their keyboard."""

from dataclasses import replace

from telegram import Message
from telegram.constants import MessageEntityType
from telegram.helpers import mention_html

from adapters.telegram.outgoing.drawing.render import Outgoing
from adapters.telegram.outgoing.drawing.text import ELLIPSIS, LONGEST_NAME, escape_untrusted, shorten
from bot.ports.adapter import Address
from bot.ports.text import visible


def mention(address: Address, outgoing: Outgoing) -> Outgoing:
    """The message with its person's name before it; unchanged where nobody can be mentioned."""
    if not address.person.isdecimal():
        return outgoing
    name = shorten(escape_untrusted(address.name), LONGEST_NAME)
    shown = mention_html(int(address.person), name if visible(name) else ELLIPSIS)
    return replace(outgoing, text=f"{shown}: {outgoing.text}")


def address_question(address: Address, outgoing: Outgoing, quoted: int | None) -> Outgoing:
    """A question, made to open the keyboard of the person it asks; unchanged when it is none.

    Where nobody can be asked, it opens no keyboard at all: it would open that of nobody, or of everybody.
    """
    if outgoing.question is None:
        return outgoing
    named = mention(address, outgoing)
    return replace(named, question=None) if quoted is None and named is outgoing else named


def mentioned(message: Message | None) -> str:
    """The number of the account that a message of the bot's begins with a mention of; empty when with none."""
    first = message.entities[0] if message and message.entities else None
    if first is None or first.type != MessageEntityType.TEXT_MENTION or first.offset or first.user is None:
        return ""
    return str(first.user.id)
