"""Writes blocks as Telegram's HTML, split by the limits of length and of styled parts."""

import html
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from telegram.constants import MessageLimit

from adapters.telegram.outgoing.drawing.text import escape_trusted, escape_untrusted, split_parts, utf16_length
from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
    Code,
    CommandLink,
    Emphasis,
    Fields,
    Line,
    Link,
    Listing,
    Paragraph,
    Quote,
    Row,
    Select,
    Strong,
    Title,
)
from bot.ports.reply import Span as Part
from bot.ports.text import is_web_address, repair_surrogates, visible

LONG = 400
"""The number of characters from which a quote is collapsed."""
QUOTE, LONG_QUOTE = "blockquote", "blockquote expandable"


class Room(NamedTuple):
    """The limits of one message.

    Attributes:
        text: the most UTF-16 units.
        styled: the most styled parts; Telegram shows further ones unstyled.
    """

    text: int = MessageLimit.MAX_TEXT_LENGTH
    styled: int = MessageLimit.MESSAGE_ENTITIES


WHOLE = Room()


class Span(NamedTuple):
    """Text in one style.

    Attributes:
        tag: an HTML element's name with its attributes, or empty.
    """

    text: str
    tag: str = ""


def share(spans: list[Span], room: Room = WHOLE) -> Iterator[str]:
    """Yield the HTML of the messages for these spans; nothing when no character is visible."""
    for part in _styled(spans, room.styled):
        yield from _fitting(part, room.text)


def _styled(spans: list[Span], most: int) -> Iterator[list[Span]]:
    """The spans in parts, split at line ends where possible, each with at most `most` styled spans."""
    start = end = styled = 0
    for place, span in enumerate(spans):
        if span.text.startswith("\n"):
            end = place
        styled += bool(span.tag)
        if styled > most:
            cut = end if end > start else place
            yield spans[start:cut]
            start, styled = cut, sum(bool(one.tag) for one in spans[cut : place + 1])
    yield spans[start:]


def _fitting(spans: list[Span], most: int) -> Iterator[str]:
    text = "".join(span.text for span in spans)
    if utf16_length(text) <= most:
        if visible(text):
            yield write(spans)
        return
    for start, end in split_parts(text, most):
        if visible(text[start:end]):
            yield write(_slice(spans, start, end))


def _slice(spans: list[Span], start: int, end: int) -> Iterator[Span]:
    """The spans between two offsets of the whole text; a span across an offset is cut."""
    offset = 0
    for span in spans:
        yield span._replace(text=span.text[max(start - offset, 0) : max(end - offset, 0)])
        offset += len(span.text)


def write(spans: Iterable[Span]) -> str:
    """The HTML of spans."""
    return "".join(_element(span) for span in spans)


def _element(span: Span) -> str:
    escaped = html.escape(span.text, quote=False)
    if not span.tag or not visible(span.text):
        return escaped
    name = span.tag.partition(" ")[0]
    return f"<{span.tag}>{escaped}</{name}>"


def add(spans: list[Span], block: Block) -> None:
    """Append a block's spans on a new line; a section's title after an empty line."""
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
        case Select(heading=True) | Ask():
            yield Span(escape_trusted(block.words))


def _bullets(block: Bullets) -> Iterator[Span]:
    for place, item in enumerate(block.items):
        mark = f"{place + 1}. " if block.numbered else "• "
        yield Span(f"\n{mark}" if place else mark)
        yield from _line(item, escape_untrusted)


def _line(line: Line, escape: Callable[[str], str]) -> Iterator[Span]:
    """The spans of a line: plain parts are escaped by `escape`, all others as trusted text of the bot or the team."""
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
            # With a space before the argument, a tap would send only the command.
            return Span(escape_trusted(part.text.replace(" ", "_")))
        case _:
            return Span(escape_trusted(part.text))
