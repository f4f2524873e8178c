"""Measures, escapes and splits text by Telegram's rules: UTF-16 lengths, mentions and links, widths of labels."""

import re
from collections.abc import Iterator

import regex
from rich.cells import cell_len

from bot.ports.text import after_space, last_grapheme, last_space, repair_surrogates

JOINER = "\u2060"
"""Word joiner: an invisible character that breaks a mention, link or command."""
ELLIPSIS = "…"
LONGEST_NAME = 40
"""The most UTF-16 units of the name in a mention."""

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
"""Columns per label in a row of two and of three buttons on a narrow phone."""


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 code units, the unit of Telegram's limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def escape_trusted(text: str) -> str:
    """Escape the bot's or the team's words: links and commands stay active, mentions are broken."""
    return _MENTION.sub(f"@{JOINER}", repair_surrogates(text)) if "@" in text else repair_surrogates(text)


def escape_untrusted(text: str) -> str:
    """Escape a member's words, so that nothing in them is a mention, a link, a command or a tag.

    Telegram's servers look for these in every text outside code, by the rules of TDLib's `find_entities`. Phone numbers
    are left unchanged, so that they can be copied.
    """
    return _LIVE.sub(rf"\g<0>{JOINER}", repair_surrogates(text))


def shorten(text: str, most: int) -> str:
    """A text on one line, cut to at most `most` UTF-16 units, between words where possible."""
    line = _LINES.sub(" ", text).strip()
    if utf16_length(line) <= most:
        return line
    start, end = next(split_parts(line, most - len(ELLIPSIS)))
    return line[start:end] + ELLIPSIS


def split_parts(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part of a text, without the spaces around the cuts.

    A part has at most `most` UTF-16 units. It is cut at a line end in its second half if there is one, else between
    words, else between graphemes; within a grapheme only when that alone is longer than a part.
    """
    start = after_space(text, 0)
    while start < len(text):
        end = _end(text, start, most)
        yield start, start + len(text[start:end].rstrip())
        start = after_space(text, end)


def share_rows(labels: list[str]) -> Iterator[slice]:
    """Yield the slices of labels that share a row of buttons: up to three if a narrow phone shows each in full."""
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
    """How many characters of a text fit in `most` UTF-16 units."""
    return len(text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore"))
