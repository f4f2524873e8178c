"""Text as Telegram counts, reads and shows it: UTF-16 lengths, live words, places to cut, widths of labels."""

import re
from collections.abc import Iterator

import regex
from rich.cells import cell_len

from bot.ports.text import after_space, last_grapheme, last_space, sound

JOINER = "\u2060"
"""Word joiner: shows nothing, and ends whatever Telegram would take for a mention, a link or a command."""
ELLIPSIS = "…"

_LAST_LINE = regex.compile(r"(?r)\n")
_LINES = re.compile(r"[ \t\r\n]+")
_MENTION = re.compile(r"(?<!\w)@(?=\w)")
_LIVE = re.compile(
    r"@(?=\w)"  # mention, e-mail address
    r"|/(?=[A-Za-z_])|(?<!\d)/(?=\d)"  # command; 24/7 and dates stay as they are
    r"|\.(?=[^\W\d_])|:(?=//)"  # link with or without a scheme
    r"|#(?=[\w\u00b7\u200c\u0d80-\u0dff]*[^\W\d_])|\$(?=[A-Z1])"  # hashtag (never of digits alone), cashtag
)
_ROOM = {2: 16, 3: 10}
"""How wide, in columns, the labels may be that share a row with one and with two others on a narrow phone."""


def units(text: str) -> int:
    """The length in UTF-16 code units, in which Telegram gives its limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def own(text: str) -> str:
    """The bot's or the team's words: links and commands work, and nobody is called by them."""
    return _MENTION.sub(f"@{JOINER}", sound(text)) if "@" in text else sound(text)


def dead(text: str) -> str:
    """A member's words: nothing in them is a mention, a link, a command or a tag.

    Telegram looks for those in every text outside code, block quotations too; the rules are those of TDLib's
    `find_entities`, its servers' own. Phone numbers are left as they are: broken, they could not be copied.
    """
    return _LIVE.sub(rf"\g<0>{JOINER}", sound(text))


def shorten(text: str, most: int) -> str:
    """A text on one line and of at most `most` units, cut between words where there are any."""
    line = _LINES.sub(" ", text).strip()
    if units(line) <= most:
        return line
    start, end = next(parts(line, most - len(ELLIPSIS)))
    return line[start:end] + ELLIPSIS


def parts(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Where each part of a text starts and ends, without the space around the cuts.

    A part has at most `most` units. It ends after a line where its second half has one, else between words, else
    between graphemes; within a grapheme only when that alone is longer than a part.
    """
    start = after_space(text, 0)
    while start < len(text):
        end = _end(text, start, most)
        yield start, start + len(text[start:end].rstrip())
        start = after_space(text, end)


def rows(labels: list[str]) -> Iterator[slice]:
    """Which labels share a row of buttons: up to three, as long as a phone shows each of them whole."""
    start, widest = 0, 0
    for place, label in enumerate(labels):
        widest = max(widest, cell_len(label))
        if place > start and widest > _ROOM.get(place - start + 1, 0):
            yield slice(start, place)
            start, widest = place, cell_len(label)
    if labels:
        yield slice(start, len(labels))


def _end(text: str, start: int, most: int) -> int:
    """The end of the part that starts here."""
    stop = start + _fitting(text[start : start + most], most)
    if stop == len(text):
        return stop
    line = _LAST_LINE.search(text, start + most // 2, stop + 1)
    cut = line.start() if line else last_space(text, start + 1, stop)
    return last_grapheme(text, start, stop) if cut is None else cut


def _fitting(text: str, most: int) -> int:
    """How many characters of a text fit in so many units."""
    return len(text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore"))
