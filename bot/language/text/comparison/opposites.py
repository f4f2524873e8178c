"""Words that make a question a different one: opposites, from tables, negations and numbers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from bot.language.text.stems import forms

TABLES = Path(__file__).parents[1] / "tables"
NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "cannot",
        "don",
        "doesn",
        "didn",
        "isn",
        "aren",
        "wasn",
        "weren",
        "hasn",
        "haven",
        "hadn",
        "won",
        "wouldn",
        "couldn",
        "shouldn",
        "mustn",
        "needn",
        "ain",
        "cant",
        "dont",
        "doesnt",
        "didnt",
        "isnt",
        "wont",
        "except",
        "unless",
        "none",
        "nobody",
        "pas",
        "jamais",
        "sans",
        "aucun",
        "aucune",
        "sauf",
        "non",
    ]
)
"""Words of negation; a `ne` or `ni` only negates together with one of them."""
INABILITY = (
    "i cannot", "i can t", "i can not", "i cant", "i couldn t", "i could not", "i am not able", "i m not able",
    "i don t know how", "i do not know how", "i don t understand", "i do not understand", "i don t see", "i don t find",
    "doesn t work", "does not work", "don t work", "isn t working", "is not working", "won t work", "didn t work",
    "n arrive pas", "n arrive plus", "arrive pas", "arrive plus", "ne peux pas", "ne peux plus", "peux pas",
    "ne trouve pas", "ne trouve plus", "trouve pas", "trouve plus", "ne sais pas", "sais pas", "ne comprends pas",
    "comprends pas", "ne vois pas", "vois pas", "ne marche pas", "ne fonctionne pas", "marche pas", "ne parviens pas",
)  # fmt: skip
"""Phrases that say that somebody cannot do something; such a text asks how to do it, and does not negate."""
NUMBERS = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "twenty",
        "thirty",
        "hundred",
        "thousand",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "once",
        "twice",
        "thrice",
        "half",
        "double",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
        "vingt",
        "trente",
        "cent",
        "mille",
        "premier",
        "premiere",
        "deuxieme",
        "troisieme",
        "quatrieme",
        "cinquieme",
        "seconde",
        "demi",
        "moitie",
    ]
)
"""Words for numbers."""
REVERSING = ("un", "in", "im", "ir", "il", "dis", "de", "des", "non", "mis", "mal", "anti", "hors")
"""Prefixes that turn a word into its opposite."""
FACING = (
    ("in", "de"), ("in", "out"), ("in", "ex"), ("im", "ex"), ("up", "down"), ("over", "under"), ("pre", "post"),
    ("sur", "sous"), ("mini", "maxi"), ("as", "des"), ("em", "de"), ("en", "de"), ("ad", "de"), ("sup", "inf"),
)  # fmt: skip
"""Pairs of opposite prefixes: `inflate` and `deflate`."""
SHORTEST_REVERSED = 4
"""The fewest letters of a word that a prefix turns into its opposite, as `able`."""


def oppose(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two words are opposites, each given as its folded form and its stems."""
    sides = [dict(side for form in forms for side in _groups().get(form, ())) for forms in (one, other)]
    shared = sides[0].keys() & sides[1].keys()
    if shared:
        return all(sides[0][group] != sides[1][group] for group in shared)
    return any(_is_reversed(*sorted((first, second), key=len)) for first in one for second in other)


def has_opposite(word: str) -> bool:
    """Whether a word is in the tables."""
    return word in _groups()


def counts(word: str) -> bool:
    """Whether a word has a digit or is a word for a number."""
    return word in NUMBERS or any(char.isdigit() for char in word)


def _is_reversed(shorter: str, longer: str) -> bool:
    if len(shorter) < SHORTEST_REVERSED:
        return False
    return any(longer == prefix + shorter for prefix in REVERSING) or any(
        _face(shorter, longer, *pair) for pair in FACING
    )


def _face(one: str, other: str, first: str, second: str) -> bool:
    """Whether two words differ only by these prefixes."""
    return any(
        len(word) - len(prefix) >= SHORTEST_REVERSED - 1
        and word.startswith(prefix)
        and facing + word[len(prefix) :] == against
        for word, against in ((one, other), (other, one))
        for prefix, facing in ((first, second),)
    )


@cache
def _groups() -> Mapping[str, list[tuple[int, int]]]:
    """By word and stem, the numbers of the groups of opposites it is in, each with the number of its side."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate(_lines()):
        for side, words in enumerate(line.split("/")):
            for form in {form for word in words.split() for form in forms(word)}:
                found[form].append((number, side))
    return found


def _lines() -> list[str]:
    files = sorted(TABLES.glob("opposites_*.txt"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
