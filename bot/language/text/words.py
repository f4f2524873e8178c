"""Splits texts into words for comparison: folded, with their stems, and marked if they may be names."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.language.text.comparison.opposites import NEGATIONS, counts, has_opposite
from bot.language.text.detect import STOP_WORDS
from bot.language.text.normalise import fold
from bot.language.text.stems import forms
from storage.values import frozen

SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "i",
        "on",
        "in",
        "up",
        "me",
        "la",
        "le",
        "les",
        "de",
        "s",
        "t",
        "d",
        "l",
        "n",
        "c",
        "j",
        "m",
        "ll",
        "re",
        "ve",
        "may",
        "might",
        "il",
        "elle",
        "est",
        "at",
        "of",
        "at",
        "to",
        "for",
        "it",
        "is",
        "are",
        "be",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "should",
        "will",
        "shall",
        "my",
        "our",
        "your",
        "their",
        "his",
        "her",
        "its",
        "this",
        "that",
        "these",
        "those",
        "which",
        "what",
        "who",
        "whom",
        "how",
        "why",
        "when",
        "where",
        "there",
        "here",
        "um",
        "ok",
        "et",
        "ou",
        "ni",
        "se",
        "si",
        "sa",
        "son",
        "ses",
        "ma",
        "mon",
        "mes",
        "ta",
        "ton",
        "tes",
        "notre",
        "nos",
        "leur",
        "leurs",
        "en",
        "y",
        "a",
        "que",
        "qui",
        "quoi",
        "dont",
        "où",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "peut",
        "on",
        "puis",
        "je",
        "tu",
        "nous",
        "vous",
        "ils",
        "elles",
        "sera",
        "seront",
        "avoir",
        "etre",
        "fait",
        "faire",
        "doit",
        "dois",
        "faut",
        "comment",
        "pourquoi",
        "quand",
        "combien",
        "est-ce",
        "exist",
        "possible",
        "have",
        "happen",
        "happens",
        "way",
    ]
)
"""Function words, besides the stop words of language detection."""
TITLED_SHARE = 0.8
"""The share of capitalised words above which a text is a title, where capitals do not mark names."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_START = re.compile(r"(?:^|[.?!:…«\"“(]\s*)$")


@frozen
class Word:
    """A word.

    Attributes:
        text: the folded word.
        forms: its folded form and its stems.
        name: whether it may be a name: it has a capital inside a sentence.
    """

    text: str
    forms: frozenset[str]
    name: bool = False

    @property
    def small(self) -> bool:
        """Whether it is a function word."""
        return self.text in _small() and not counts(self.text)


def read(text: str) -> tuple[Word, ...]:
    """The words of a text, which must have its own spelling, so that names are recognised."""
    found = [(one.start(), one[0]) for one in _WORD.finditer(text)]
    titled = sum(word[0].isupper() for _, word in found) > TITLED_SHARE * len(found)
    return tuple(
        Word(folded, forms(folded), name=word[0].isupper() and not titled and not _starts_sentence(text, start))
        for start, word in found
        if (folded := fold(word))
    )


def content(words: Iterable[Word]) -> list[Word]:
    """The content words, each once."""
    return list({word.text: word for word in words if not word.small}.values())


def _starts_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text[max(0, start - 3) : start]) is not None and (
        start < 3 or text[start - 1] in ' («"“'
    )


@lru_cache(1)
def _small() -> frozenset[str]:
    listed = {word.rstrip("'") for words in STOP_WORDS.values() for word in words.split()}
    return frozenset({word for word in listed if not has_opposite(word)} | SMALL) - NEGATIONS
