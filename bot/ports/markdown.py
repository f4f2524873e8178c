"""Renders a reply as a Markdown document, with all text escaped, so that none of it acts as markup."""

import re
from itertools import pairwise

from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
    Fields,
    Image,
    Line,
    Listing,
    Paragraph,
    Quote,
    Reply,
    Row,
    Strong,
    Title,
    flat,
)

_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&@$^]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
"""What could be markup, a link, a mention or a cell within a line."""
_OPENING = re.compile(r"^(\d+(?=[.)]))?([-+=]|(?<=\d)[.)])")
"""What would make a line an item of a list, or the one above it a heading."""


def markdown(reply: Reply) -> str:
    """The reply as Markdown, without buttons."""
    parts = [(block, text) for block in reply.blocks if (text := _block(block))]
    between = (
        "\n" if isinstance(one, Row) and isinstance(after, Row) else "\n\n" for (one, _), (after, _) in pairwise(parts)
    )
    return "".join(f"{text}{gap}" for (_, text), gap in zip(parts, (*between, "\n"), strict=True)) if parts else ""


def escape(text: str) -> str:
    """A text on one line, with a backslash before each character that Markdown could read as markup."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def _block(block: Block) -> str:
    match block:
        case Title():
            return f"{'#' * block.level} {escape(block.text)}"
        case Paragraph():
            return _opening(_line(block.text))
        case Quote():
            return f"> {_opening(escape(f'{block.text} {block.source}'))}"
        case Bullets():
            marks = (f"{place}." if block.numbered else "-" for place in range(1, len(block.items) + 1))
            return "\n".join(f"{mark} {_opening(_line(item))}" for mark, item in zip(marks, block.items, strict=True))
        case Fields():
            return "\n".join(f"- **{escape(name)}**: {_line(value)}" for name, value in block.pairs)
        case Row():
            return f"{f'{block.place}.' if block.place else '-'} {_opening(_line(block.text))}"
        case _:
            return _beside(block)


def _beside(block: Block) -> str:
    """The less usual blocks with text; buttons and files have none here."""
    match block:
        case Image():
            return f"*{escape(block.alt)}*"
        case Listing():
            return _opening(escape(block.text))
        case Ask():
            return _opening(escape(block.whole))
        case _:
            return ""


def _line(line: Line) -> str:
    """A line with its `Strong` parts in bold."""
    if isinstance(line, str):
        return escape(line)
    return "".join(
        f"**{_words(flat((part,)))}**" if isinstance(part, Strong) else _words(flat((part,))) for part in line
    )


def _words(text: str) -> str:
    """As `escape`, but with the spaces around the text, which separate it from its neighbours."""
    return _MARKUP.sub(r"\\\g<0>", re.sub(r"\s+", " ", text))


def _opening(text: str) -> str:
    """A line with a backslash before what would make it a list or a heading."""
    return _OPENING.sub(r"\1\\\2", text)
