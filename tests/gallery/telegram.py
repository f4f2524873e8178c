"""Draws Telegram's messages as HTML, from the texts and keyboards the bot sends."""

import base64
import re
from collections.abc import Iterator
from html import escape

from adapters.telegram.outgoing.drawing.render import Outgoing, render
from bot.ports.reply import Reply

_COMMAND = re.compile(r"(?<![\w/&])/(?=[a-z])(\w+)")
_AFTER_QUOTE = re.compile(r"(</blockquote>)\n")
_TAG = re.compile(r"(<[^>]*>)")


def draw(reply: Reply, _language: str) -> Iterator[str]:
    """The messages of a reply, each as HTML; what is drawn is the same in every language."""
    for message in render(reply):
        shown = "".join(_content(message))
        yield f'<div class="message"><div class="bubble">{shown}</div>{_keyboard(message)}</div>'


def _content(message: Outgoing) -> Iterator[str]:
    if message.photo:
        yield f'<img src="data:{message.photo.media_type};base64,{base64.b64encode(message.photo.content).decode()}">'
    if message.document:
        yield f'<div class="file">{escape(message.document.name)}</div>'
    # A quote is a paragraph of its own in HTML; for Telegram the line ends after it.
    text = _AFTER_QUOTE.sub(r"\1", message.text)
    yield "".join(part if part.startswith("<") else _words(part) for part in _TAG.split(text))


def _words(text: str) -> str:
    return _COMMAND.sub(r'<span class="mention">/\1</span>', text)


def _keyboard(message: Outgoing) -> str:
    rows = "".join(
        f'<div class="keys">{"".join(f"<button>{escape(label)}</button>" for label, _ in row)}</div>'
        for row in message.buttons
    )
    return f'<div class="keyboard">{rows}</div>' if rows else ""
