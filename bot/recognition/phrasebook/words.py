"""Splits a text into plain words, so that phrases are found whatever the case, accents and apostrophes."""

import re
from collections.abc import Mapping

from bot.language.text.normalise import unaccent

MOST_CHARACTERS = 4_000
"""The number of characters of a text that are read: half from its start, half from its end."""
END = "."
"""Stands between two sentences; no phrase crosses it."""

_TOKEN = re.compile(r"[^\W_]+(?:\*+[^\W_]+)*|[.!?…;\n]+|[😂🤣😅😆😄💀]")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_LETTERS_FOR_DIGITS = str.maketrans("013457", "oieast")


def fold(text: str) -> list[str]:
    """The words of a text without case, accents and repeated letters, with `END` between sentences.

    Of a text longer than `MOST_CHARACTERS`, the start and the end are read. Digits inside a word are read as the
    letters that they replace (`su1cide`).
    """
    plain = _shorten(text).lower()
    if not plain.isascii():
        plain = unaccent(plain)
    tokens = _TOKEN.findall(_REPEATED.sub(r"\1", plain))
    return [token if token.isalpha() else _fold_token(token) for token in tokens]


def respell(tokens: list[str], spelling: Mapping[str, str]) -> str:
    """The words in the spelling of a table, each after a space, without words whose spelling is empty."""
    # Most texts have no such word.
    if not spelling.keys().isdisjoint(tokens):
        tokens = list(filter(None, [spelling.get(token, token) for token in tokens]))
    return f" {' '.join(tokens)} "


def _shorten(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]}\n{text[-half:]}"


def _fold_token(token: str) -> str:
    if token.isdigit():
        return token
    return token.translate(_LETTERS_FOR_DIGITS) if token[0].isalnum() else END if token[0] in ".!?…;\n" else token
