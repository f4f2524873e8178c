"""Stems of words, in English and French at once: a word of either is compared without knowing which it is."""

from functools import lru_cache

import snowballstemmer

CACHE_SIZE = 20_000


@lru_cache(CACHE_SIZE)
def forms(word: str) -> frozenset[str]:
    """A folded word and its stems."""
    return frozenset((word, *(stemmer.stemWord(word) for stemmer in _stemmers())))


@lru_cache(1)
def _stemmers() -> tuple[snowballstemmer.stemmer, ...]:
    return tuple(snowballstemmer.stemmer(language) for language in ("english", "french"))
