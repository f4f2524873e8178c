"""Composes a card as one Telegram message: a text, or a picture with the words as its caption."""

import html
from dataclasses import replace

from telegram.constants import MessageLimit

from adapters.telegram.outgoing.drawing.letter import TAG
from adapters.telegram.outgoing.drawing.render import POINTER, Outgoing, render
from adapters.telegram.outgoing.drawing.text import ELLIPSIS, split_parts, utf16_length
from bot.ports.card import Face
from bot.ports.reply import Block, Bullets, Document, Image, Quote, Reply

MOST_CUTS = 5
"""How often a text is cut: once mostly suffices, but escaping links takes additional room."""
LEAST = 200
"""The least number of characters that a quote is cut to."""


def compose(face: Face) -> Outgoing:
    """The message of a card: its first picture with the text as caption if that fits, else only the text."""
    pictures = [block for block in face.reply.blocks if isinstance(block, Image)]
    if not pictures:
        return compose_words(face)
    shown = _named(face.reply, pictures[0])
    messages = render(shown)
    if _length(messages) > MessageLimit.CAPTION_LENGTH:
        return compose_words(face)
    return replace(messages[0] if messages else Outgoing(""), photo=pictures[0])


def compose_words(face: Face) -> Outgoing:
    """The message of a card without pictures, which are named instead; the longest quote is cut to fit."""
    reply = _named(face.reply)
    for _ in range(MOST_CUTS):
        messages = render(reply)
        excess = _length(messages) - MessageLimit.MAX_TEXT_LENGTH
        if len(messages) < 2 and excess <= 0:
            break
        reply = _cut(reply, max(excess, 0) + 1)
    return replace(messages[0], buttons=messages[-1].buttons) if messages else Outgoing(POINTER)


def _named(reply: Reply, shown: Image | None = None) -> Reply:
    """The reply without the shown picture; other pictures are replaced by their names, documents are left out."""
    kept = (block for block in reply.blocks if block is not shown and not isinstance(block, Document))
    return replace(reply, blocks=tuple(_name(block) for block in kept))


def _name(block: Block) -> Block:
    return Bullets((block.alt,)) if isinstance(block, Image) else block


def _cut(reply: Reply, excess: int) -> Reply:
    """The reply with its longest quote shortened by `excess` UTF-16 units."""
    quotes = [block for block in reply.blocks if isinstance(block, Quote)]
    longest = max(quotes, key=lambda block: len(block.text), default=None)
    if longest is None:
        return reply
    most = max(utf16_length(longest.text) - excess - len(ELLIPSIS), LEAST)
    start, end = next(split_parts(longest.text, most), (0, 0))
    shorter = replace(longest, text=longest.text[start:end] + ELLIPSIS)
    return replace(reply, blocks=tuple(shorter if block is longest else block for block in reply.blocks))


def _length(messages: tuple[Outgoing, ...]) -> int:
    """The visible length of messages in UTF-16 units."""
    return sum(utf16_length(html.unescape(TAG.sub("", one.text))) for one in messages)
