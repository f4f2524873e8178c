"""Stems of words, in English and French at once: a word of either is compared without knowing which it is."""

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
    """The stem of a word in a language, by its English name; a number is its own."""
    if word.isdecimal():
        return word
    return str(_stemmer(language, get_ident()).stemWord(word))


@lru_cache(MOST_STEMMERS)
def _stemmer(language: str, thread: int) -> snowballstemmer.stemmer:
    """A thread's own stemmer: one keeps the word it works on in itself, so that two threads would mix up theirs."""
    return snowballstemmer.stemmer(language)
