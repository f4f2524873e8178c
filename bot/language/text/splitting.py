"""Splits texts into terms: character n-grams of words, and the stems of words in each language."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from sys import intern

from bot.language.text.stems import stem

WORD = re.compile(r"\w+")
STEM_CACHE_SIZE = 50_000
"""The most words whose stems are cached."""
NGRAM_CACHE_SIZE = 4_000
"""The most words whose n-grams are cached: some 6 MiB, and at most 16."""
LONGEST_CACHED = 16
"""The most characters of a word that is cached: the n-grams of one as long as a text take 100 KiB."""
SHORTEST_NGRAM, LONGEST_NGRAM = 3, 5
"""The fewest and the most characters of an n-gram."""
MARK = "\t"
"""Starts a stem, to tell it from n-grams: a normalised text has no tab."""
_STEMMERS = {"en": "english", "fr": "french"}


class Splitter:
    """Splits texts into terms.

    Args:
        languages: whose stemmers to use; every word counts under each language's stem.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._cached_ngrams = lru_cache(NGRAM_CACHE_SIZE)(word_ngrams)
        self._stems = stems_of_word(languages, MARK)

    def _ngrams(self, word: str) -> list[str]:
        return self._cached_ngrams(word) if len(word) <= LONGEST_CACHED else word_ngrams(word)

    def split(self, text: str) -> tuple[Iterable[str], Iterable[str]]:
        """The n-grams and the stems of a normalised text, with repetitions."""
        every = chain.from_iterable
        return every(map(self._ngrams, text.split())), every(map(self._stems, WORD.findall(text)))


def word_ngrams(word: str) -> list[str]:
    """The character n-grams of a word, padded with a space on both sides."""
    padded = f" {word} "
    sizes = range(SHORTEST_NGRAM, min(LONGEST_NGRAM, len(padded)) + 1)
    # Interned, since words share most of them: an index keeps each once, and compares them by identity.
    return [intern(padded[start : start + size]) for size in sizes for start in range(len(padded) - size + 1)]


def stem_tokeniser(languages: tuple[str, ...]) -> Callable[[str], list[str]]:
    """A function from a normalised text to the stems of its words in each of the languages."""
    stems = stems_of_word(languages)
    return lambda text: [stem for word in WORD.findall(text) for stem in stems(word)]


@lru_cache
def stems_of_word(languages: tuple[str, ...], mark: str = "") -> Callable[[str], tuple[str, ...]]:
    """A function from a word to its stems in each of the languages, each with the language's number before it.

    It is shared, with its cache, by all callers with these languages.

    Args:
        mark: starts each stem.
    """
    own = [_STEMMERS[language] for language in languages if language in _STEMMERS]

    def stems(word: str) -> tuple[str, ...]:
        return tuple(f"{mark}{number}{stem(word, language)}" for number, language in enumerate(own)) or (
            f"{mark}{word}",
        )

    cached = lru_cache(STEM_CACHE_SIZE)(stems)
    return lambda word: cached(word) if len(word) <= LONGEST_CACHED else stems(word)
