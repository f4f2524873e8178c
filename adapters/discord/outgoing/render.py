"""Renders a reply as Discord messages: escaped Markdown split at the limits, buttons and pictures.

No embeds are used: on a phone they are narrower and smaller, they need one more permission, and people who switched
embeds off do not see them. The first title is a heading, for screen readers too; section titles are bold.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import NamedTuple, TypeVar

from adapters.discord.names import button_id, choice_id
from adapters.discord.outgoing.text import escape_line_start, escape_trusted, escape_untrusted, split_lines
from bot.language.excerpt import excerpt
from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
    Button,
    Buttons,
    Document,
    Fields,
    Image,
    Line,
    Paragraph,
    Quote,
    Reply,
    Strong,
    Title,
)
from bot.ports.text import after_space, last_grapheme, last_space, visible

LIMIT = 2000
"""Code points in a message at most, markup and backslashes included (discord-api-docs#1315)."""
LABEL, ALT = 80, 1024
FILES, ROWS, ROW = 10, 5, 5
POINTER = "↓"
"""The text of a message that has only buttons, which Discord does not allow; not shown as a large emoji."""

QUOTE_MARK = "> "
Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of buttons, each button a label and its custom id."""
T = TypeVar("T")


class Picture(NamedTuple):
    """An attached picture: file name, PNG and alternative text."""

    name: str
    content: bytes
    alt: str


class Enclosure(NamedTuple):
    """An attached file of another kind: file name and content."""

    name: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send, with mentions off.

    Attributes:
        content: Markdown; may be empty only with a file.
        files: the attachments.
        rows: the buttons.
        question: the question it asks, to be answered in a form; only on the last message.
    """

    content: str
    files: tuple[Picture | Enclosure, ...] = ()
    rows: Rows = ()
    question: Ask | None = None


class Span(NamedTuple):
    """A text in one style, and the function that escapes it."""

    text: str
    escape: Callable[[str], str] = escape_trusted
    strong: bool = False


class TextLine(NamedTuple):
    """One line of a message.

    Attributes:
        opening: the markup that makes it a heading, a quote or a list item.
        spans: its text.
        is_heading: whether it is a title, which is not separated from the next line.
    """

    opening: str
    spans: tuple[Span, ...]
    is_heading: bool = False

    @property
    def text(self) -> str:
        """Its text without markup."""
        return "".join(span.text for span in self.spans)


def render(reply: Reply, pointer: str = POINTER) -> tuple[Outgoing, ...]:
    """Render a reply as messages in sending order, pictures and buttons on the last one; each file on one of its own.

    Args:
        pointer: the text of a message that has buttons or a question and no text.
    """
    *before, last = _contents([text_line for block in reply.blocks for text_line in _block(block)]) or [""]
    attached: list[Sequence[Picture | Enclosure]] = [*_chunk(FILES, _pictures(reply)), *_chunk(1, _documents(reply))]
    ends = zip_longest([last] if last else [], attached, _chunk(ROWS, _rows(reply)))
    messages = [Outgoing(content) for content in before]
    for content, files, rows in ends:
        messages.append(Outgoing(content or ("" if files else pointer), tuple(files or ()), tuple(rows or ())))
    question = next((block for block in reply.blocks if isinstance(block, Ask)), None)
    if question:
        messages = [*messages[:-1], replace((messages or [Outgoing(pointer)])[-1], question=question)]
    return tuple(messages)


def _pictures(reply: Reply) -> list[Picture]:
    images = [block for block in reply.blocks if isinstance(block, Image)]
    return [Picture(f"picture-{place}.png", one.png, excerpt(one.alt, ALT)) for place, one in enumerate(images, 1)]


def _documents(reply: Reply) -> list[Enclosure]:
    """The files. Discord limits what one message has, so no two share one."""
    return [Enclosure(block.name, block.content) for block in reply.blocks if isinstance(block, Document)]


def _rows(reply: Reply) -> list[tuple[tuple[str, str], ...]]:
    """One or more rows for each block of buttons; filled up where that makes too many rows for a message."""
    blocks = [_pressable(block) for block in reply.blocks]
    rows = [tuple(row) for block in blocks for row in _chunk(ROW, block)]
    return rows if len(rows) <= ROWS else [tuple(row) for row in _chunk(ROW, [pair for row in rows for pair in row])]


def _pressable(block: Block) -> list[tuple[str, str]]:
    match block:
        case Buttons():
            return [(_label(button), button_id(button.token)) for button in block.buttons]
        case Ask():
            return [(_label(button), choice_id(button.token)) for button in block.choices]
        case _:
            return []


def _label(button: Button) -> str:
    label = excerpt(button.label, LABEL)
    return label if visible(label) else POINTER


def _chunk(size: int, things: Sequence[T]) -> list[Sequence[T]]:
    return [things[start : start + size] for start in range(0, len(things), size)]


def _contents(text_lines: list[TextLine]) -> list[str]:
    """The contents of messages for these lines; none when no character is visible."""
    whole = _join(text_lines)
    contents = [whole] if len(whole) <= LIMIT else _split(text_lines)
    return [content for content in contents if content]


def _split(text_lines: list[TextLine]) -> Iterator[str]:
    """Contents cut at a line end in their second half, else between words, else between graphemes."""
    waiting, part, room = deque(text_lines), list[TextLine](), LIMIT
    while waiting:
        text_line = waiting.popleft()
        size = len(_markdown(text_line))
        if size <= room:
            part.append(text_line)
            room -= size + len("\n")
            continue
        cut = _cut(text_line, room, whole=not part) if room > LIMIT // 2 else None
        if cut:
            part.append(cut[0])
        waiting.appendleft(cut[1] if cut else text_line)
        while not cut and len(part) > 1 and part[-1].is_heading:
            waiting.appendleft(part.pop())
        yield _join(part)
        part, room = [], LIMIT
    yield _join(part)


def _cut(text_line: TextLine, room: int, *, whole: bool) -> tuple[TextLine, TextLine] | None:
    """The part of a line that fits and the rest; None when that would cut a word that may fit in the next message.

    Args:
        whole: whether the room is a whole message, so that a longer word has to be cut.
    """
    text = text_line.text
    fits = range(min(len(text), room) + 1)
    stop = bisect_right(fits, room, key=lambda place: len(_markdown(_slice(text_line, 0, place)))) - 1
    place = last_space(text, 0, stop)
    if place is None and not whole:
        return None
    place = last_grapheme(text, 0, stop) if place is None else place
    rest = _slice(text_line, after_space(text, place), len(text))
    return _slice(text_line, 0, place), rest._replace(opening=QUOTE_MARK if text_line.opening == QUOTE_MARK else "")


def _slice(text_line: TextLine, start: int, end: int) -> TextLine:
    """The part of a line between two offsets."""
    spans, offset = list[Span](), 0
    for span in text_line.spans:
        spans.append(span._replace(text=span.text[max(start - offset, 0) : max(end - offset, 0)]))
        offset += len(span.text)
    return text_line._replace(spans=tuple(span for span in spans if span.text))


def _join(text_lines: list[TextLine]) -> str:
    """Lines joined to one text, without invisible lines at its ends."""
    seen = [place for place, text_line in enumerate(text_lines) if visible(text_line.text)]
    return "\n".join(map(_markdown, text_lines[seen[0] : seen[-1] + 1])).strip() if seen else ""


def _markdown(text_line: TextLine) -> str:
    """A line in Markdown. Adjacent spans of one style are escaped together, since markup could span them."""
    line = ""
    for (escape, strong), spans in groupby(text_line.spans, lambda span: span[1:]):
        escaped = escape("".join(span.text for span in spans))
        line += f"**{escape_line_start(escaped)}**" if strong else escaped
    return text_line.opening + escape_line_start(line)


def _block(block: Block) -> list[TextLine]:
    """The lines of a block; none when no character is visible."""
    text_lines = [
        text_line
        for text_line in _text_lines(block)
        if text_line.opening in {"", QUOTE_MARK} or visible(text_line.text)
    ]
    return text_lines if any(visible(text_line.text) for text_line in text_lines) else []


def _text_lines(block: Block) -> Iterator[TextLine]:
    match block:
        case Title(level=1):
            yield from _split_lines([Span(block.text, escape_untrusted)], "## ", "## ", is_heading=True)
        case Title():
            yield from _split_lines([Span(block.text, escape_untrusted, True)], "\n", is_heading=True)
        case Paragraph():
            yield from _split_lines(_spans_of(block.text, escape_trusted))
        case Quote():
            source = f" {block.source}" if block.source else ""
            yield from _split_lines([Span(block.text.strip(), escape_untrusted), Span(source)], QUOTE_MARK, QUOTE_MARK)
        case Bullets():
            for item in block.items:
                yield from _split_lines(_spans_of(item, escape_untrusted), "- ", "  ")
        case Fields():
            for name, value in block.pairs:
                yield from _split_lines(
                    [Span(name, escape_trusted, True), Span(" ", escape_untrusted), *_spans_of(value, escape_untrusted)]
                )
        case Ask():
            yield from _split_lines([Span(block.whole)])


def _split_lines(
    spans: list[Span], first: str = "", later: str = "", *, is_heading: bool = False
) -> Iterator[TextLine]:
    """Split spans at line ends.

    Args:
        first: the opening of the first line.
        later: the opening of the others.
    """
    line, opening = list[Span](), first
    for span in spans:
        for place, text in enumerate(split_lines(span.text)):
            if place:
                yield TextLine(opening, tuple(line), is_heading)
                line, opening = [], later
            if text:
                line.append(span._replace(text=text))
    yield TextLine(opening, tuple(line), is_heading)


def _spans_of(line: Line, escape: Callable[[str], str]) -> list[Span]:
    """The spans of a line: plain parts are escaped by `escape`, strong ones are always the bot's own words."""
    parts = (line,) if isinstance(line, str) else line
    return [Span(part.text, escape_trusted, True) if isinstance(part, Strong) else Span(part, escape) for part in parts]
