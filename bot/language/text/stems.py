"""Stems of words in English and French at once, so that words are compared without knowing their language."""

from functools import lru_cache
from threading import get_ident

import snowballstemmer

CACHE_SIZE = 20_000
LANGUAGES = ("english", "french")
MOST_STEMMERS = 256


@lru_cache(CACHE_SIZE)
def forms(word: str) -> frozenset[str]:
    """A folded word and its stems."""
    return frozenset((word, *(stem(word, language) for language in LANGUAGES)))


def stem(word: str, language: str) -> str:
    """The stem of a word in a language, by its English name; a number is returned as it is."""
    if word.isdecimal():
        return word
    return str(_stemmer(language, get_ident()).stemWord(word))


@lru_cache(MOST_STEMMERS)
def _stemmer(language: str, thread: int) -> snowballstemmer.stemmer:
    """The stemmer of a thread: stemmers are not thread-safe, since they keep the present word as state."""
    return snowballstemmer.stemmer(language)
