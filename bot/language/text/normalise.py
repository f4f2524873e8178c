"""Normalises text so that it can be compared: without case, accents and unencodable characters."""

import unicodedata

import regex

MOST_CHARACTERS = 600
"""The part of a text that is looked at: 50,000 characters took an encoder 38 s, and a question is much shorter."""

_WORDS = regex.compile(r"[\p{L}\p{N}]")
_EDGES = regex.compile(r"^[\p{P}\s]+|[\p{P}\s]+$")


def cut(text: str) -> str:
    """The part of a text that is looked at, without lone surrogates, which no encoder reads."""
    start = text[:MOST_CHARACTERS]
    return start if start.isascii() else start.encode("utf-8", "ignore").decode("utf-8")


def normalise(text: str) -> str:
    """Lower case, no accents, no lone surrogates, single spaces, at most 600 characters."""
    start = text[:MOST_CHARACTERS]
    kept = start.lower() if start.isascii() else _without_accents(start)
    return " ".join(kept.split())[:MOST_CHARACTERS].rstrip()


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char) and not 0xD800 <= ord(char) <= 0xDFFF)


def fold(text: str) -> str:
    """A name without case and accents, to compare with one typed without them."""
    if text.isascii():
        return text.lower().strip()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).strip()


def question_key(text: str) -> str:
    """A key that is equal for the same question: the normalised text without punctuation at its ends."""
    return _EDGES.sub("", normalise(text))


def has_words(text: str) -> bool:
    """Whether a text has a letter or a digit; emoji and punctuation alone cannot be searched for."""
    return _WORDS.search(text[:MOST_CHARACTERS]) is not None
