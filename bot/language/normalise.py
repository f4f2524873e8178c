"""Text made comparable: without case, accents and what no encoder can read."""

import unicodedata

import regex

MOST_CHARACTERS = 600
"""A 50,000-character message took an encoder 38 s; a question fits in far less."""

_SPACE = regex.compile(r"\s+")
_WORDS = regex.compile(r"[\p{L}\p{N}]")
_EDGES = regex.compile(r"^[\p{P}\s]+|[\p{P}\s]+$")


def normalise(text: str) -> str:
    """Lower case, no accents, no lone surrogates, single spaces, at most 600 characters."""
    plain = unicodedata.normalize("NFKD", text[:MOST_CHARACTERS]).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char) and not 0xD800 <= ord(char) <= 0xDFFF)
    return _SPACE.sub(" ", kept)[:MOST_CHARACTERS].strip()


def fold(text: str) -> str:
    """A name without case and accents, as people type it on a phone."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).strip()


def same_question(text: str) -> str:
    """What is equal when two people ask the same: normalised, without punctuation at the edges."""
    return _EDGES.sub("", normalise(text))


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit to look up: emoji and punctuation alone ask nothing."""
    return _WORDS.search(text[:MOST_CHARACTERS]) is not None
