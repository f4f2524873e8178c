"""Text as its readers see it: what shows at all, what can be sent, where it may be cut."""

import re

import regex

_GRAPHEME = regex.compile(r"\X")
_SPACE = (
    r"(?<!\p{GCB=Prepend})[^\S\u00a0\u2007\u202f]"  # a line may not be broken at no-break spaces
    r"(?![\p{GCB=Extend}\p{GCB=SpacingMark}\u200d])"  # a space that carries an accent is a letter to its reader
)
_SPACES = regex.compile(rf"(?:{_SPACE})*")
_LAST_SPACE = regex.compile(rf"(?r){_SPACE}")
_VISIBLE = re.compile(
    r"[^\s\x00-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\ufffc"
    r"\U000e0000-\U000e007f]"
)


def visible(text: str) -> bool:
    """Whether there is anything to see: platforms refuse a text of spaces and invisible characters."""
    return _VISIBLE.search(text) is not None


def sound(text: str) -> str:
    """The text with halves of characters, which no UTF-8 can carry, joined or marked."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def last_space(text: str, start: int, stop: int) -> int | None:
    """Where the last space between two places is at which a line may be broken; the one at `stop` counts."""
    space = _LAST_SPACE.search(text, start, stop + 1)
    return space.start() if space else None


def after_space(text: str, place: int) -> int:
    """Where the space that starts here, if any, ends."""
    space = _SPACES.match(text, place)
    return space.end() if space else place


def last_grapheme(text: str, start: int, stop: int) -> int:
    """The end of the last grapheme that fits, or `stop` within one that alone is too long."""
    end = start
    for grapheme in _GRAPHEME.finditer(text, start):
        if grapheme.end() > stop:
            break
        end = grapheme.end()
    return end if end > start else stop
