"""Splits texts into words for labels, each with the key it is compared by, and its kind."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from bot.language.text.comparison.opposites import NEGATIONS
from bot.language.text.normalise import fold
from bot.language.text.stems import forms
from bot.language.text.words import Word
from bot.recognition.contacts import mask
from storage.values import frozen

FILLERS = Path(__file__).with_name("fillers.txt")
"""Words of numbers, times, feelings and judgements, and of "please" and "it does not work": any theme may have them."""
_TOKEN = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*(?:['’](?=[^\W_]))?|[.!?…:;,()«»\"“”\n]")
_LINK = re.compile(r"\S*(?:://|www\.|@|…@…)\S*|<[^>\s]*>|•+")
_LINKING = re.compile(r"://|www\.|[@<•]")
"""A part of every link: searching for it first takes a tenth of the time."""
_ENDS = ".!?…\n:"
WORDS = 10_000
"""The most words that are cached: texts of one community use the same ones."""


@frozen
class Token:
    """A word.

    Attributes:
        text: the word as it was written.
        folded: the word without case and accents.
        key: its shortest stem, by which it is compared.
        small: whether it is a function word.
        filler: whether it is a content word that any theme may have, and so no label.
        name: whether it may be somebody's name: it has a capital inside a sentence.
    """

    text: str
    folded: str
    key: str
    small: bool
    filler: bool
    name: bool


Text = Sequence[Sequence[Token]]
"""The words of a text, in the parts that `parts` gives."""


def parts(text: str) -> Iterator[list[Token]]:
    """The words of a text, in parts separated by punctuation; "d’entrée" is two words."""
    part: list[Token] = []
    first = True
    masked = mask(text)
    for hit in _TOKEN.finditer(_LINK.sub(" . ", masked) if _LINKING.search(masked) else masked):
        if not hit[0][0].isalnum():
            yield part
            part, first = [], hit[0] in _ENDS
            continue
        part.append(_token(hit[0], first=first))
        first = False
    yield part


def keys(name: str) -> Iterator[str]:
    """The keys of the words of a name."""
    return (_key(fold(hit[0].rstrip("'’"))) for hit in _TOKEN.finditer(name) if hit[0][0].isalnum())


@lru_cache(WORDS)
def _token(word: str, *, first: bool) -> Token:
    bare = word.rstrip("'’")
    folded = fold(bare)
    small = len(folded) < 2 or Word(folded, frozenset()).small or folded in NEGATIONS
    filler = folded in _fillers() or folded.removesuffix("s") in _fillers() or folded[0].isdigit()
    shouted = bare.isupper() and len(bare) > 1
    name = word[0].isupper() and not first and not shouted
    return Token(word.replace("'", "’"), folded, _key(folded), small and not folded[0].isdigit(), filler, name)


def _key(folded: str) -> str:
    return min(forms(folded), key=lambda form: (len(form), form))


@lru_cache(1)
def _fillers() -> frozenset[str]:
    lines = FILLERS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
