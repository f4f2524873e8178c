"""Normalises text for comparison: without case, accents and unencodable characters."""

import unicodedata

import regex

MOST_CHARACTERS = 600
"""The number of first characters of a text that are compared: 50,000 characters took an encoder 38 s."""

_WORDS = regex.compile(r"[\p{L}\p{N}]")
_SAYING = regex.compile(r"[\p{L}\p{N}\p{So}\p{Extended_Pictographic}]")
_START = regex.compile(r"\A[\p{P}\s]+")
_END = regex.compile(r"(?r)[\p{P}\s]+\Z")
"""Searched backwards: a forward search would start again at each space within a text."""


class _Marks(dict[int, int | None]):
    """A table for `str.translate` that removes accents, filled as characters occur.

    Args:
        surrogates: whether lone surrogates are removed, too.
    """

    def __init__(self, *, surrogates: bool) -> None:
        self._surrogates = surrogates

    def __missing__(self, code: int) -> int | None:
        gone = unicodedata.combining(chr(code)) or (self._surrogates and 0xD800 <= code <= 0xDFFF)
        self[code] = kept = None if gone else code
        return kept


_PLAIN, _UNACCENTED = _Marks(surrogates=True), _Marks(surrogates=False)


def cut(text: str) -> str:
    """The first `MOST_CHARACTERS` of a text, without lone surrogates, which no encoder accepts."""
    start = text[:MOST_CHARACTERS]
    return start if start.isascii() else start.encode("utf-8", "ignore").decode("utf-8")


def normalise(text: str) -> str:
    """A text in lower case, without accents and lone surrogates, with single spaces, at most 600 characters."""
    start = text[:MOST_CHARACTERS]
    kept = start.lower() if start.isascii() else _without_accents(start)
    return " ".join(kept.split())[:MOST_CHARACTERS].rstrip()


def _without_accents(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)


def fold(text: str) -> str:
    """A name without case and accents, for comparison with what somebody typed."""
    if text.isascii():
        return text.lower().strip()
    return unaccent(text.casefold()).strip()


def unaccent(text: str) -> str:
    """A text without accents, and with the compatible plain forms of its characters (NFKD)."""
    return unicodedata.normalize("NFKD", text).translate(_UNACCENTED)


def question_key(text: str) -> str:
    """A key that is equal for the same question: the normalised text without punctuation at its ends."""
    return _END.sub("", _START.sub("", normalise(text)))


def has_words(text: str) -> bool:
    """Whether a text has a letter or a digit; emoji and punctuation alone cannot be searched for."""
    return _WORDS.search(text[:MOST_CHARACTERS]) is not None


def says_something(text: str) -> bool:
    """Whether a text has a letter, a digit or a picture: a heart says something, a dot does not."""
    return _SAYING.search(text[:MOST_CHARACTERS]) is not None
