"""Writes blocks in Discord's Markdown: escaped lines, split between messages without breaking a word or an emoji."""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import NamedTuple

from discord.utils import TimestampStyle, format_dt

from adapters.discord.names import ACCENTED
from adapters.discord.outgoing.drawing.text import (
    escape_code,
    escape_line_start,
    escape_link,
    escape_trusted,
    escape_untrusted,
    split_lines,
)
from bot.ports.lines import Code, CommandLink, Emphasis, Instant, Line, Link, Precision, Strong
from bot.ports.lines import Span as Part
from bot.ports.reply import Ask, Block, Bullets, Fields, Listing, Paragraph, Quote, Row, Title
from bot.ports.text import after_space, last_grapheme, last_space, visible

LIMIT = 2000
"""The most code points in a message, markup and backslashes included (discord-api-docs#1315)."""
QUOTE_MARK = "> "
BOLD, ITALIC, CODE = "**", "*", "`"
STYLES: Mapping[Precision, TimestampStyle] = {Precision.DAY: "D", Precision.TIME: "f", Precision.RELATIVE: "R"}
"""Discord's timestamp styles."""
Escape = Callable[[str], str]


class SlashCommand(NamedTuple):
    """A registered slash command: its name on Discord and its id."""

    name: str
    id: int


Commands = Mapping[str, SlashCommand]
"""Slash commands by their names in the registry."""


class Span(NamedTuple):
    """A text in one style, and the function that escapes it."""

    text: str
    escape: Escape = escape_trusted
    mark: str = ""
    """The markup around it, such as `**`."""


class TextLine(NamedTuple):
    """One line of a message.

    Attributes:
        opening: the markup before it that makes it a heading, a quote or a list item.
        spans: its text.
        is_heading: whether it is a title, which is kept in one message with the next line.
    """

    opening: str
    spans: tuple[Span, ...]
    is_heading: bool = False

    @property
    def text(self) -> str:
        """Its text without markup."""
        return "".join(span.text for span in self.spans)


def write(blocks: Iterable[Block], commands: Commands, most: int = LIMIT) -> list[str]:
    """Write blocks as texts for messages or text displays; none when no character is visible.

    Args:
        commands: the ids of the slash commands by name.
        most: the most code points of a text.
    """
    text_lines = [text_line for block in blocks for text_line in _block(block, commands)]
    whole = _join(text_lines)
    texts = [whole] if len(whole) <= most else _split(text_lines, most)
    return [text for text in texts if text]


def _split(text_lines: list[TextLine], most: int) -> Iterator[str]:
    """Split lines into texts: at a line end in a text's second half, else between words, else between graphemes."""
    waiting, part, room = deque(text_lines), list[TextLine](), most
    while waiting:
        text_line = waiting.popleft()
        size = len(_markdown(text_line))
        if size <= room:
            part.append(text_line)
            room -= size + len("\n")
            continue
        cut = _cut(text_line, room, whole=not part) if room > most // 2 else None
        if cut:
            part.append(cut[0])
        waiting.appendleft(cut[1] if cut else text_line)
        while not cut and len(part) > 1 and part[-1].is_heading:
            waiting.appendleft(part.pop())
        yield _join(part)
        part, room = [], most
    yield _join(part)


def _cut(text_line: TextLine, room: int, *, whole: bool) -> tuple[TextLine, TextLine] | None:
    """The part of a line that fits, and the rest; None if that would cut a word that fits into the next message.

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
    first, last = 0, len(text_lines)
    while first < last and not visible(text_lines[first].text):
        first += 1
    while first < last and not visible(text_lines[last - 1].text):
        last -= 1
    return "\n".join(map(_markdown, text_lines[first:last])).strip()


def _markdown(text_line: TextLine) -> str:
    """A line in Markdown. Adjacent spans of one style are escaped together, since markup could extend over both."""
    line = ""
    for (escape, mark), spans in groupby(text_line.spans, lambda span: span[1:]):
        escaped = escape("".join(span.text for span in spans))
        line += f"{mark}{escape_line_start(escaped)}{mark}" if mark and visible(escaped) else escaped
    return text_line.opening + escape_line_start(line)


def _block(block: Block, commands: Commands) -> list[TextLine]:
    """The lines of a block; none when no character is visible."""
    text_lines = [
        text_line
        for text_line in _text_lines(block, commands)
        if text_line.opening in {"", QUOTE_MARK} or visible(text_line.text)
    ]
    return text_lines if any(visible(text_line.text) for text_line in text_lines) else []


def _text_lines(block: Block, commands: Commands) -> Iterator[TextLine]:
    match block:
        case Title(level=1):
            yield from _split_lines([Span(block.text, escape_untrusted)], "## ", "## ", is_heading=True)
        case Title():
            yield from _split_lines([Span(block.text, escape_untrusted, BOLD)], "\n", is_heading=True)
        case Paragraph():
            yield from _split_lines(_spans_of(block.text, escape_trusted, commands))
        case Quote():
            source = f" {block.source}" if block.source else ""
            yield from _split_lines([Span(block.text.strip(), escape_untrusted), Span(source)], QUOTE_MARK, QUOTE_MARK)
        case Bullets():
            yield from _bullets(block, commands)
        case Fields():
            yield from _fields(block, commands)
        case Listing():
            yield from _split_lines([Span(block.text, escape_code, CODE)])
        case Row():
            opening = f"{block.place}. " if block.place else ""
            yield from _split_lines(_spans_of(block.text, escape_untrusted, commands), opening, " " * len(opening))
        case Ask():
            yield from _split_lines([Span(block.whole)])


def _bullets(block: Bullets, commands: Commands) -> Iterator[TextLine]:
    for place, item in enumerate(block.items, 1):
        opening = f"{place}. " if block.numbered else "- "
        yield from _split_lines(_spans_of(item, escape_untrusted, commands), opening, " " * len(opening))


def _fields(block: Fields, commands: Commands) -> Iterator[TextLine]:
    for name, value in block.pairs:
        spans = _spans_of(value, escape_untrusted, commands)
        yield from _split_lines([Span(name, escape_trusted, BOLD), Span(" ", escape_untrusted), *spans])


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
                line.append(span if text == span.text else span._replace(text=text))
    yield TextLine(opening, tuple(line), is_heading)


def _spans_of(line: Line, escape: Escape, commands: Commands) -> list[Span]:
    """The spans of a line: plain parts are escaped by `escape`, all others as trusted text of the bot or the team."""
    parts = (line,) if isinstance(line, str) else line
    return [Span(part, escape) if isinstance(part, str) else _span(part, commands) for part in parts]


def _span(part: Part, commands: Commands) -> Span:
    match part:
        case Strong():
            return Span(part.text, escape_trusted, BOLD)
        case Emphasis():
            return Span(part.text, escape_trusted, ITALIC)
        case Code():
            return Span(part.text, escape_code, CODE)
        case Link():
            # When it is cut in two, both halves link to the address.
            return Span(part.text, partial(escape_link, url=part.url))
        case Instant():
            return Span(format_dt(part.at, STYLES[part.precision]), str)
        case CommandLink():
            return _command(part, commands)


def _command(part: CommandLink, commands: Commands) -> Span:
    """A link to a command if its id is known, else its name; pressing the link asks for the arguments."""
    found = commands.get(part.command)
    if found is None:
        return Span(part.text)
    argument = f" {escape_trusted(part.argument)}" if part.argument else ""
    # Shown by the name in the reader's language; Discord finds the command by its id.
    name = part.text.removeprefix("/").partition(" ")[0]
    return Span(f"</{ACCENTED.get(name, name)}:{found.id}>{argument}", str)
