"""What Telegram makes of a message, and texts of every kind to send there."""

from collections.abc import Iterator
from html.parser import HTMLParser

import regex
from hypothesis import settings
from hypothesis import strategies as st

from adapters.telegram.outgoing.drawing.render import Outgoing, render
from adapters.telegram.outgoing.drawing.text import JOINER
from bot.ports.reply import (
    Ask,
    Block,
    Bullets,
    Fields,
    Line,
    Paragraph,
    Quote,
    Reply,
    Strong,
    Title,
)

FAMILY = "👩‍👩‍👧‍👦"


class Sheet(HTMLParser):
    """What Telegram makes of a message's HTML: its text, refusing what it would refuse."""

    def __init__(self, message: Outgoing) -> None:
        super().__init__()
        self.text, self.open, self.tags = "", list[str](), list[tuple[str, str]]()
        self.feed(message.text)
        self.close()
        assert not self.open, f"{self.open} left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "blockquote"}
        assert attrs in ([], [("expandable", None)] if tag == "blockquote" else [])
        assert not self.open, f"<{tag}> within {self.open}"
        self.open.append(tag)
        self.tags.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.open:
            self.tags[-1] = (self.open[0], self.tags[-1][1] + data)


def shown(message: Outgoing) -> str:
    return Sheet(message).text


def words(*texts: str) -> str:
    return "".join("".join(texts).replace(JOINER, "").split())


def graphemes(text: str) -> list[str]:
    return [part for part in regex.findall(r"\X", text.replace(JOINER, "")) if not part.isspace()]


def only(*blocks: Block) -> Outgoing:
    (message,) = render(Reply(blocks))
    return message


def said(block: Block) -> Iterator[str]:
    match block:
        case Title() | Paragraph(text=str()):
            yield str(block.text)
        case Paragraph():
            yield from _flat(block.text)
        case Quote():
            yield from (block.text, block.source)
        case Bullets():
            for item in block.items:
                yield from ("•", *_flat(item))
        case Fields():
            for name, value in block.pairs:
                yield from (name, *_flat(value))
        case Ask():
            yield block.words


def _flat(line: Line) -> list[str]:
    return [line] if isinstance(line, str) else [part if isinstance(part, str) else part.text for part in line]


STEADY = settings(deadline=None, derandomize=True, database=None)
PIECES = st.sampled_from(
    (
        *("word ", "été ", "e\u0301", "\u0301", "שלום ", "مرحبا ", "日本語", FAMILY, "🇫🇷", "👍🏽", "❤️", "𝒳", "क्षि"),
        *("\n", "\r\n", " ", "\u00a0", "<b>", "&amp;", "&", "</blockquote>", '"', "*_`[]()"),
        *("@bob", "#tag", "t.me/x"),
        "x" * 300,
    )
)
TEXTS = st.builds(lambda pieces, times: "".join(pieces) * times, st.lists(PIECES, max_size=20), st.integers(1, 60))
LINES = st.one_of(TEXTS, st.tuples(TEXTS, st.builds(Strong, TEXTS), TEXTS))
BLOCKS = st.one_of(
    st.builds(Title, TEXTS, st.sampled_from((1, 2))),
    st.builds(Paragraph, LINES),
    st.builds(Quote, TEXTS, st.sampled_from(("", "#12"))),
    st.builds(Bullets, st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Fields, st.lists(st.tuples(TEXTS, LINES), max_size=3).map(tuple)),
    st.builds(Ask, st.just("suggest"), st.just(("text",)), st.just("Your words?")),
)
