"""From a reply to the messages Discord is to send: escaped Markdown within its limits, buttons, pictures.

Ordinary content and no embeds: on a phone an embed is narrower and set smaller; it needs a permission more, and is not
shown to who switched embeds off. The first title is a heading, for screen readers too; a section's is bold alone.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import NamedTuple, TypeVar

from adapters.discord.names import button_id, choice_id
from adapters.discord.outgoing.text import dead, lines, opened, own
from bot.language.excerpt import excerpt
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
from bot.ports.text import after_space, last_grapheme, last_space, visible

LIMIT = 2000
"""Characters of a message, counted as code points, markup and backslashes too (discord-api-docs#1315)."""
LABEL, ALT = 80, 1024
FILES, ROWS, ROW = 10, 5, 5
POINTER = "↓"
"""The text above buttons that have none; as a character it is no big emoji."""

QUOTED = "> "
Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of buttons, each a label and its custom id."""
T = TypeVar("T")


class Picture(NamedTuple):
    """An attachment: its file's name, its PNG and the words that stand for it."""

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message, ready to send with no mention allowed.

    Attributes:
        content: Markdown; empty only beside a picture.
        files: its attachments.
        rows: its buttons.
        question: what it asks, to be answered in a form; on the last message.
    """

    content: str
    files: tuple[Picture, ...] = ()
    rows: Rows = ()
    question: Ask | None = None


class Span(NamedTuple):
    """Text in one style, and how it is escaped."""

    text: str
    words: Callable[[str], str] = own
    strong: bool = False


class Strip(NamedTuple):
    """One line of a message.

    Attributes:
        opening: what makes it a heading, a quote or an item.
        spans: what it says.
        heads: whether it is a title, which stays with what follows.
    """

    opening: str
    spans: tuple[Span, ...]
    heads: bool = False

    @property
    def text(self) -> str:
        """What it says, as it is read."""
        return "".join(span.text for span in self.spans)


def render(reply: Reply, pointer: str = POINTER) -> tuple[Outgoing, ...]:
    """The messages of a reply, in the order to send them: pictures and buttons are on the last one.

    Args:
        pointer: the text of a message that has buttons or a question and no words.
    """
    *before, last = _contents([strip for block in reply.blocks for strip in _block(block)]) or [""]
    pictures = _pictures(reply)
    ends = zip_longest([last] if last else [], _by(FILES, pictures), _by(ROWS, _rows(reply)))
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


def _rows(reply: Reply) -> list[tuple[tuple[str, str], ...]]:
    """A row or more for every block of buttons, or as few as can be where those are too many for a message."""
    blocks = [_pressable(block) for block in reply.blocks]
    rows = [tuple(row) for block in blocks for row in _by(ROW, block)]
    return rows if len(rows) <= ROWS else [tuple(row) for row in _by(ROW, [pair for row in rows for pair in row])]


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


def _by(size: int, things: Sequence[T]) -> list[Sequence[T]]:
    return [things[start : start + size] for start in range(0, len(things), size)]


def _contents(strips: list[Strip]) -> list[str]:
    """The messages of these lines; none where there is nothing to see."""
    whole = _joined(strips)
    contents = [whole] if len(whole) <= LIMIT else _split(strips)
    return [content for content in contents if content]


def _split(strips: list[Strip]) -> Iterator[str]:
    """Messages that end after a line in their second half, else between words, else between graphemes."""
    waiting, part, room = deque(strips), list[Strip](), LIMIT
    while waiting:
        strip = waiting.popleft()
        size = len(_written(strip))
        if size <= room:
            part.append(strip)
            room -= size + len("\n")
            continue
        cut = _cut(strip, room, whole=not part) if room > LIMIT // 2 else None
        if cut:
            part.append(cut[0])
        waiting.appendleft(cut[1] if cut else strip)
        while not cut and len(part) > 1 and part[-1].heads:
            waiting.appendleft(part.pop())
        yield _joined(part)
        part, room = [], LIMIT
    yield _joined(part)


def _cut(strip: Strip, room: int, *, whole: bool) -> tuple[Strip, Strip] | None:
    """The part of a line that fits and the rest, or None where that would cut a word that may fit elsewhere.

    Args:
        whole: whether the room is all of a message, so that a word that does not fit must be cut.
    """
    text = strip.text
    fits = range(min(len(text), room) + 1)
    stop = bisect_right(fits, room, key=lambda place: len(_written(_between(strip, 0, place)))) - 1
    place = last_space(text, 0, stop)
    if place is None and not whole:
        return None
    place = last_grapheme(text, 0, stop) if place is None else place
    rest = _between(strip, after_space(text, place), len(text))
    return _between(strip, 0, place), rest._replace(opening=QUOTED if strip.opening == QUOTED else "")


def _between(strip: Strip, start: int, end: int) -> Strip:
    """What lies between two places of a line."""
    spans, offset = list[Span](), 0
    for span in strip.spans:
        spans.append(span._replace(text=span.text[max(start - offset, 0) : max(end - offset, 0)]))
        offset += len(span.text)
    return strip._replace(spans=tuple(span for span in spans if span.text))


def _joined(strips: list[Strip]) -> str:
    """Lines as one text, without those at its ends that show nothing."""
    seen = [place for place, strip in enumerate(strips) if visible(strip.text)]
    return "\n".join(map(_written, strips[seen[0] : seen[-1] + 1])).strip() if seen else ""


def _written(strip: Strip) -> str:
    """A line in Markdown. Spans of one style are escaped as one, since they are read as one."""
    line = ""
    for (words, strong), spans in groupby(strip.spans, lambda span: span[1:]):
        escaped = words("".join(span.text for span in spans))
        line += f"**{opened(escaped)}**" if strong else escaped
    return strip.opening + opened(line)


def _block(block: Block) -> list[Strip]:
    """The lines of a block; none where there is nothing to see."""
    strips = [strip for strip in _strips(block) if strip.opening in {"", QUOTED} or visible(strip.text)]
    return strips if any(visible(strip.text) for strip in strips) else []


def _strips(block: Block) -> Iterator[Strip]:
    match block:
        case Title(level=1):
            yield from _lined([Span(block.text, dead)], "## ", "## ", heads=True)
        case Title():
            yield from _lined([Span(block.text, dead, True)], "\n", heads=True)
        case Paragraph():
            yield from _lined(_line(block.text, own))
        case Quote():
            source = f" {block.source}" if block.source else ""
            yield from _lined([Span(block.text.strip(), dead), Span(source)], QUOTED, QUOTED)
        case Bullets():
            for item in block.items:
                yield from _lined(_line(item, dead), "- ", "  ")
        case Fields():
            for name, value in block.pairs:
                yield from _lined([Span(name, own, True), Span(" ", dead), *_line(value, dead)])
        case Ask():
            yield from _lined([Span(block.whole)])


def _lined(spans: list[Span], first: str = "", later: str = "", *, heads: bool = False) -> Iterator[Strip]:
    """Spans as lines, each opened as its place asks."""
    line, opening = list[Span](), first
    for span in spans:
        for place, text in enumerate(lines(span.text)):
            if place:
                yield Strip(opening, tuple(line), heads)
                line, opening = [], later
            if text:
                line.append(span._replace(text=text))
    yield Strip(opening, tuple(line), heads)


def _line(line: Line, words: Callable[[str], str]) -> list[Span]:
    """A line whose plain parts are escaped by `words`; strong ones are always the bot's own."""
    parts = (line,) if isinstance(line, str) else line
    return [Span(part.text, own, True) if isinstance(part, Strong) else Span(part, words) for part in parts]
