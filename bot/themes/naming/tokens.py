"""The words of a text as labels are made of them: what each is compared by, and how little it says."""

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
"""What each link has: looking for this takes a tenth of the time."""
_ENDS = ".!?…\n:"
WORDS = 10_000
"""Words that are remembered: texts of one place use the same ones."""


@frozen
class Token:
    """A word as it was written, and what it is compared by.

    Attributes:
        small: whether it says little by itself.
        filler: whether it says something, but names no theme.
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
    """The words of a text, in parts without marks between them; "d’entrée" is two."""
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
    """What the words of a name are compared by."""
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
