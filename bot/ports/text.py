"""Unicode rules for text that is sent: visibility, surrogates, and where lines may be cut."""

import re

import regex

_WEB_ADDRESS = re.compile(r"https?://[^\s<>()\"]+(?:\([^\s<>()\"]*\)[^\s<>()\"]*)*")
_GRAPHEME = regex.compile(r"\X")
_SPACE = (
    r"(?<!\p{GCB=Prepend})[^\S\u00a0\u2007\u202f]"  # no line break at no-break spaces
    r"(?![\p{GCB=Extend}\p{GCB=SpacingMark}\u200d])"  # a space with a combining accent reads as a letter
)
_SPACES = regex.compile(rf"(?:{_SPACE})*")
_LAST_SPACE = regex.compile(rf"(?r){_SPACE}")
_VISIBLE = re.compile(
    r"[^\s\x00-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\ufffc"
    r"\U000e0000-\U000e007f]"
)


def visible(text: str) -> bool:
    """Whether any character is visible: platforms refuse texts of spaces and invisible characters."""
    return _VISIBLE.search(text) is not None


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: an address with `http` or `https`, without what could end a link's markup."""
    return _WEB_ADDRESS.fullmatch(url) is not None


def repair_surrogates(text: str) -> str:
    """The text with surrogate pairs joined and lone surrogates replaced, which UTF-8 cannot encode."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def last_space(text: str, start: int, stop: int) -> int | None:
    """The offset of the last breakable space between two offsets, both included; None when there is none."""
    space = _LAST_SPACE.search(text, start, stop + 1)
    return space.start() if space else None


def after_space(text: str, place: int) -> int:
    """The offset after the breakable spaces that start at `place`; `place` itself when there are none."""
    space = _SPACES.match(text, place)
    return space.end() if space else place


def last_grapheme(text: str, start: int, stop: int) -> int:
    """The end of the last whole grapheme before `stop`; `stop` itself when the first one is longer."""
    end = start
    for grapheme in _GRAPHEME.finditer(text, start):
        if grapheme.end() > stop:
            break
        end = grapheme.end()
    return end if end > start else stop
