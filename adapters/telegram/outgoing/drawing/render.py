"""Renders a reply as Telegram messages: escaped HTML split at the limits, buttons, forced replies and pictures."""

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from telegram.constants import MessageLimit, ReplyLimit

from adapters.telegram.outgoing.drawing.text import (
    escape_trusted,
    escape_untrusted,
    share_rows,
    shorten,
    split_parts,
    utf16_length,
)
from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
    Button,
    Code,
    CommandLink,
    Document,
    Emphasis,
    Fields,
    Image,
    Line,
    Link,
    Listing,
    Paragraph,
    Quote,
    Reply,
    Row,
    Select,
    State,
    Strong,
    Title,
    buttons_of,
    keyboard,
)
from bot.ports.reply import Span as Part
from bot.ports.text import is_web_address, repair_surrogates, visible

LONG = 400
"""Characters from which a quote is shown in part, to be unfolded by a press."""
QUOTE, LONG_QUOTE = "blockquote", "blockquote expandable"
POINTER = "↓"
"""The text of a message that has only buttons, which cannot be empty; not shown as a large emoji."""

Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of buttons, each button a label and its callback data."""


@dataclass(frozen=True, slots=True)
class Question:
    """The data of a forced reply, to be sent with `selective`.

    Attributes:
        prompt: the id of the stored prompt that a reply to this message answers.
        placeholder: the text in the empty input field, or None.
    """

    prompt: str
    placeholder: str | None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send, in parse mode HTML.

    Attributes:
        text: HTML; for a picture its caption, which may be empty.
        photo: a picture, or None for a text message.
        document: a file, or None.
        buttons: the inline keyboard.
        question: the forced reply; with buttons only from `in_one`, since elsewhere Telegram takes one reply markup.
        reply_to_first: whether it is sent as a reply to the first message.
        preview: whether its links show a preview.
    """

    text: str
    photo: Image | None = None
    document: Document | None = None
    buttons: Rows = ()
    question: Question | None = None
    reply_to_first: bool = False
    preview: bool = False


class Span(NamedTuple):
    """Text in one style.

    Attributes:
        tag: an HTML element's name with its attributes, or empty.
    """

    text: str
    tag: str = ""


def render(reply: Reply, pointer: str = POINTER) -> tuple[Outgoing, ...]:
    """Render a reply as messages in sending order: texts, the last one with the buttons, then pictures and files.

    Args:
        pointer: the text of a message that has buttons or a question and no text.
    """
    texts: list[Outgoing] = []
    spans: list[Span] = []
    for block in reply.blocks:
        _add(spans, block)
        if isinstance(block, Ask):
            texts += _asked(block, _texts(spans), pointer)
            spans = []
    texts += _texts(spans)
    chosen = "\n".join(line for block in reply.blocks if isinstance(block, Ask) for line in block.chosen)
    photos = [_photo(block, bool(texts)) for block in reply.blocks if isinstance(block, Image)]
    files = [Outgoing("", document=block) for block in reply.blocks if isinstance(block, Document)]
    return (*_pressable(texts, _keyboard(reply.blocks), escape_trusted(chosen) or pointer), *photos, *files)


def as_edit(messages: Iterable[Outgoing]) -> Outgoing | None:
    """The single text message that a former message can be edited into, or None.

    A forced reply is left out: Telegram allows neither editing one nor making one by an edit.
    """
    open_ones = [message for message in messages if not message.question]
    return open_ones[0] if len(open_ones) == 1 and is_text(open_ones[0]) else None


def in_one(messages: tuple[Outgoing, ...]) -> tuple[Outgoing, ...]:
    """The messages with a question and the buttons below it in one, as ephemeral messages may be.

    Not for others: an inline keyboard that forces a reply (Bot API 10.3) forces that of everybody who sees it.
    """
    *before, asked, below = messages if len(messages) > 1 else (Outgoing(""), *messages)
    if not asked.question or below.question or not below.buttons:
        return messages
    text = asked.text if below.text == POINTER else f"{asked.text}\n{below.text}"
    whole = replace(asked, text=text, buttons=below.buttons)
    return (*before, whole) if utf16_length(text) <= MessageLimit.MAX_TEXT_LENGTH else messages


def is_text(message: Outgoing) -> bool:
    """Whether a message is no picture or file."""
    return message.photo is None and message.document is None


def _pressable(texts: list[Outgoing], keyboard: Rows, pointer: str) -> list[Outgoing]:
    """The texts with the buttons on the last one, or on an additional one when the last is a forced reply."""
    if not keyboard:
        return texts
    if not texts or texts[-1].question:
        return [*texts, Outgoing(_html([Span(pointer)]), buttons=keyboard)]
    return [*texts[:-1], replace(texts[-1], buttons=keyboard)]


def _asked(block: Ask, texts: list[Outgoing], pointer: str) -> list[Outgoing]:
    """The texts, with the last one made a forced reply."""
    asked = block.words.partition("\n")[0]
    placeholder = shorten(escape_trusted(asked), ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER)
    question = Question(block.prompt, placeholder if visible(placeholder) else None)
    *before, last = texts or [Outgoing(_html([Span(pointer)]))]
    return [*before, replace(last, question=question)]


def _photo(block: Image, reply_to_first: bool) -> Outgoing:
    caption = shorten(escape_trusted(block.alt), MessageLimit.CAPTION_LENGTH)
    return Outgoing(_html([Span(caption)]), photo=block, reply_to_first=reply_to_first)


def _keyboard(blocks: Iterable[Block]) -> Rows:
    groups = ([button for block in group for button in buttons_of(block)] for group in keyboard(blocks))
    return tuple(row for group in groups for row in _rows(group))


def _rows(group: Iterable[Button]) -> Iterator[tuple[tuple[str, str], ...]]:
    # Telegram shows no button that cannot be pressed.
    shown = [(button.short or button.label, button.token) for button in group if button.state is not State.CLOSED]
    yield from (tuple(shown[row]) for row in share_rows([label for label, _ in shown]))


def _texts(spans: list[Span]) -> list[Outgoing]:
    """The messages for these spans; none when no character is visible."""
    text = "".join(span.text for span in spans)
    if utf16_length(text) <= MessageLimit.MAX_TEXT_LENGTH:
        return [Outgoing(_html(spans))] if visible(text) else []
    cuts = split_parts(text, MessageLimit.MAX_TEXT_LENGTH)
    return [Outgoing(_html(_slice(spans, start, end))) for start, end in cuts if visible(text[start:end])]


def _slice(spans: list[Span], start: int, end: int) -> Iterator[Span]:
    """The spans between two offsets of the whole text; a cut span becomes one in each part."""
    offset = 0
    for span in spans:
        yield span._replace(text=span.text[max(start - offset, 0) : max(end - offset, 0)])
        offset += len(span.text)


def _html(spans: Iterable[Span]) -> str:
    return "".join(_element(span) for span in spans)


def _element(span: Span) -> str:
    escaped = html.escape(span.text, quote=False)
    if not span.tag or not visible(span.text):
        return escaped
    name = span.tag.partition(" ")[0]
    return f"<{span.tag}>{escaped}</{name}>"


def _add(spans: list[Span], block: Block) -> None:
    """Append a block on a new line; a section's title after an empty line."""
    added = [span for span in _spans(block) if span.text]
    if added and spans:
        spans.append(Span("\n\n" if isinstance(block, Title) and block.level > 1 else "\n"))
    spans += added


def _spans(block: Block) -> Iterator[Span]:
    match block:
        case Title():
            yield Span(escape_untrusted(block.text), "b")
        case Paragraph():
            yield from _line(block.text, escape_trusted)
        case Quote():
            source = f" {escape_trusted(block.source)}" if block.source else ""
            yield Span(escape_untrusted(block.text) + source, QUOTE if len(block.text) < LONG else LONG_QUOTE)
        case Bullets():
            yield from _bullets(block)
        case Fields():
            for place, (name, value) in enumerate(block.pairs):
                yield Span("\n" if place else "")
                yield Span(escape_trusted(name), "b")
                yield Span(" ")
                yield from _line(value, escape_untrusted)
        case Listing():
            yield Span(repair_surrogates(block.text), "pre")
        case Row():
            yield Span(f"{block.place}. " if block.place else "• ")
            yield from _line(block.text, escape_untrusted)
        case Select() | Ask():
            yield Span(escape_trusted(block.words))


def _bullets(block: Bullets) -> Iterator[Span]:
    for place, item in enumerate(block.items):
        mark = f"{place + 1}. " if block.numbered else "• "
        yield Span(f"\n{mark}" if place else mark)
        yield from _line(item, escape_untrusted)


def _line(line: Line, escape: Callable[[str], str]) -> Iterator[Span]:
    """The spans of a line: plain parts are escaped by `escape`, all others are the bot's own or the team's words."""
    for part in (line,) if isinstance(line, str) else line:
        yield Span(escape(part)) if isinstance(part, str) else _span(part)


def _span(part: Part) -> Span:
    match part:
        case Strong():
            return Span(escape_trusted(part.text), "b")
        case Emphasis():
            return Span(escape_trusted(part.text), "i")
        case Code():
            return Span(repair_surrogates(part.text), "code")
        case Link(url=url) if is_web_address(url):
            return Span(escape_untrusted(part.text), f'a href="{html.escape(url)}"')
        case CommandLink(argument=str(argument)) if argument.isascii() and argument.isalnum():
            # With a space before its argument, a press would send the command alone.
            return Span(escape_trusted(part.text.replace(" ", "_")))
        case _:
            return Span(escape_trusted(part.text))
