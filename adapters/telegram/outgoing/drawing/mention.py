"""Mentions the person that an answer in a group is for, so that a question opens their keyboard."""

from dataclasses import replace

from telegram import Message
from telegram.constants import MessageEntityType
from telegram.helpers import mention_html

from adapters.telegram.outgoing.drawing.render import Outgoing
from adapters.telegram.outgoing.drawing.text import ELLIPSIS, LONGEST_NAME, escape_untrusted, shorten
from bot.ports.adapter import Address
from bot.ports.text import visible


def mention(address: Address, outgoing: Outgoing) -> Outgoing:
    """The message with the person's mention in front; unchanged if nobody can be mentioned."""
    if not address.person.isdecimal():
        return outgoing
    name = shorten(escape_untrusted(address.name), LONGEST_NAME)
    shown = mention_html(int(address.person), name if visible(name) else ELLIPSIS)
    return replace(outgoing, text=f"{shown}: {outgoing.text}")


def address_question(address: Address, outgoing: Outgoing, quoted: int | None) -> Outgoing:
    """A question made to open the keyboard of the person it asks; other messages are unchanged.

    If nobody can be mentioned or replied to, the forced reply is removed: it would open nobody's or everybody's
    keyboard.
    """
    if outgoing.question is None:
        return outgoing
    named = mention(address, outgoing)
    return replace(named, question=None) if quoted is None and named is outgoing else named


def mentioned(message: Message | None) -> str:
    """The id of the account mentioned at the beginning of a message of the bot; empty for none."""
    first = message.entities[0] if message and message.entities else None
    if first is None or first.type != MessageEntityType.TEXT_MENTION or first.offset or first.user is None:
        return ""
    return str(first.user.id)
