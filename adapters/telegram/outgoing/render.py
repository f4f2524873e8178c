"""From a reply to the messages Telegram is to send: escaped HTML within its limits, buttons, questions, pictures."""

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from telegram.constants import MessageLimit, ReplyLimit

from adapters.telegram.outgoing.text import dead, own, parts, rows, shorten, units
from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
    Button,
    Buttons,
    Fields,
    Image,
    Line,
    Paragraph,
    Quote,
    Reply,
    Strong,
    Title,
)
from bot.ports.text import visible

POINTER = "↓"
"""The text above buttons that have none, since a message cannot be empty; as a character it is no big emoji."""

Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of buttons, each a label and its callback data."""


@dataclass(frozen=True, slots=True)
class Question:
    """What makes a message a forced reply, to be sent with `selective`.

    Attributes:
        prompt: the stored prompt's id, which an answer to this message answers.
        placeholder: what the empty input field shows, or None.
    """

    prompt: str
    placeholder: str | None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message, ready to send with parse mode HTML.

    Attributes:
        text: HTML: the message, or the picture's caption, which may be empty.
        photo: a PNG picture, or None for a text.
        buttons: the inline keyboard.
        question: the question it asks; Telegram takes one reply markup, so never beside buttons.
        reply_to_first: whether it is sent as a reply to the first message.
        preview: whether its links show a preview.
    """

    text: str
    photo: bytes | None = None
    buttons: Rows = ()
    question: Question | None = None
    reply_to_first: bool = False
    preview: bool = False


class Span(NamedTuple):
    """Text in one style; the tag is an HTML element's name, or empty."""

    text: str
    tag: str = ""


def render(reply: Reply, pointer: str = POINTER) -> tuple[Outgoing, ...]:
    """The messages of a reply, in the order to send them: texts, the last one with the buttons, then pictures.

    Args:
        pointer: the text of a message that has buttons or a question and no words.
    """
    texts: list[Outgoing] = []
    spans: list[Span] = []
    for block in reply.blocks:
        _add(spans, block)
        if isinstance(block, Ask):
            texts += _asked(block, _texts(spans), pointer)
            spans = []
    texts += _texts(spans)
    buttons = tuple(button for block in reply.blocks for button in _buttons(block))
    chosen = "\n".join(line for block in reply.blocks if isinstance(block, Ask) for line in block.chosen)
    photos = [_photo(block, bool(texts)) for block in reply.blocks if isinstance(block, Image)]
    return (*_pressable(texts, _keyboard(buttons), own(chosen) or pointer), *photos)


def in_place(messages: Iterable[Outgoing]) -> Outgoing | None:
    """The one message that can take the place of a former one, or None when there is no such.

    Telegram lets neither a forced reply be changed nor a message be made one: the question above stays as it is.
    """
    open_ones = [message for message in messages if not message.question]
    return open_ones[0] if len(open_ones) == 1 and open_ones[0].photo is None else None


def _pressable(texts: list[Outgoing], keyboard: Rows, pointer: str) -> list[Outgoing]:
    """The texts, the last one with the buttons, or a further one where it has a question already."""
    if not keyboard:
        return texts
    if not texts or texts[-1].question:
        return [*texts, Outgoing(_html([Span(pointer)]), buttons=keyboard)]
    return [*texts[:-1], replace(texts[-1], buttons=keyboard)]


def _asked(block: Ask, texts: list[Outgoing], pointer: str) -> list[Outgoing]:
    """The texts, the last one as a forced reply."""
    asked = block.words.partition("\n")[0]
    placeholder = shorten(own(asked), ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER)
    question = Question(block.prompt, placeholder if visible(placeholder) else None)
    *before, last = texts or [Outgoing(_html([Span(pointer)]))]
    return [*before, replace(last, question=question)]


def _photo(block: Image, reply_to_first: bool) -> Outgoing:
    caption = shorten(own(block.alt), MessageLimit.CAPTION_LENGTH)
    return Outgoing(_html([Span(caption)]), photo=block.png, reply_to_first=reply_to_first)


def _buttons(block: Block) -> tuple[Button, ...]:
    match block:
        case Buttons():
            return block.buttons
        case Ask():
            return block.choices
        case _:
            return ()


def _keyboard(buttons: tuple[Button, ...]) -> Rows:
    shared = rows([button.label for button in buttons])
    return tuple(tuple((button.label, button.token) for button in buttons[row]) for row in shared)


def _texts(spans: list[Span]) -> list[Outgoing]:
    """The messages of these spans; none where there is nothing to see."""
    text = "".join(span.text for span in spans)
    if units(text) <= MessageLimit.MAX_TEXT_LENGTH:
        return [Outgoing(_html(spans))] if visible(text) else []
    cuts = parts(text, MessageLimit.MAX_TEXT_LENGTH)
    return [Outgoing(_html(_between(spans, start, end))) for start, end in cuts if visible(text[start:end])]


def _between(spans: list[Span], start: int, end: int) -> Iterator[Span]:
    """What lies between two places of the whole text: a span that is cut is closed and opened again."""
    offset = 0
    for span in spans:
        yield span._replace(text=span.text[max(start - offset, 0) : max(end - offset, 0)])
        offset += len(span.text)


def _html(spans: Iterable[Span]) -> str:
    return "".join(_element(span) for span in spans)


def _element(span: Span) -> str:
    escaped = html.escape(span.text, quote=False)
    return f"<{span.tag}>{escaped}</{span.tag}>" if span.tag and visible(span.text) else escaped


def _add(spans: list[Span], block: Block) -> None:
    """Add a block, on a line of its own and a section's title after an empty one."""
    added = [span for span in _spans(block) if span.text]
    if added and spans:
        spans.append(Span("\n\n" if isinstance(block, Title) and block.level > 1 else "\n"))
    spans += added


def _spans(block: Block) -> Iterator[Span]:
    match block:
        case Title():
            yield Span(dead(block.text), "b")
        case Paragraph():
            yield from _line(block.text, own)
        case Quote():
            yield Span(dead(block.text), "blockquote")
            yield Span(f" {own(block.source)}" if block.source else "")
        case Bullets():
            for place, item in enumerate(block.items):
                yield Span("\n• " if place else "• ")
                yield from _line(item, dead)
        case Fields():
            for place, (name, value) in enumerate(block.pairs):
                yield Span("\n" if place else "")
                yield Span(own(name), "b")
                yield Span(" ")
                yield from _line(value, dead)
        case Ask():
            yield Span(own(block.words))


def _line(line: Line, words: Callable[[str], str]) -> Iterator[Span]:
    """A line whose plain parts pass through `words`; strong ones are always the bot's own."""
    for part in (line,) if isinstance(line, str) else line:
        yield Span(own(part.text), "b") if isinstance(part, Strong) else Span(words(part))
