"""Tells a correction of spelling in a text from a change of its meaning."""

from collections.abc import Iterator

import regex

from bot.language.text.normalise import fold
from storage.values import frozen

_TOKENS = regex.compile(r"[\p{L}\p{M}'’]+|[+-]?\p{N}[\p{N}.,:/]*(?<![.,:/])|[\p{S}?%]")
"""Words, signed numbers, and symbols with a meaning of their own: emoji, currencies, `<`, `?`, `%`."""
_APOSTROPHES = regex.compile(r"['’]")
_OPENINGS = ".!?…:\n"
"""After one of these, a capital letter begins a sentence, not a name."""
ONE_IN = 5
"""One word in this many may be corrected, and at least one."""
SHORTEST_SWAP, SHORTEST_DOUBLE, SHORTEST_VOWEL, SHORTEST_LETTER = 4, 5, 6, 7
"""The least number of letters of a word for a swap of neighbours, a doubling, another vowel, or a missing letter."""
VOWELS = frozenset("aeiouy")
DECISIVE = """
above after against allow allowed always before below closed enough every everyone except fewer forbid forbidden inside
never nobody nothing often opened outside under until within without
apres aucun aucune aussi autorise avant avec contre dedans dehors depuis ferme fermee interdit jamais jusque moins
ouvert ouverte parfois personne seule seulement toujours toute toutes trop
"""
"""Words of negation, polarity and extent, folded; a change to or from one of them is never a correction."""
_DECISIVE = frozenset(DECISIVE.split())


@frozen
class _Token:
    """A word, number or sign, folded.

    Attributes:
        name: whether it may be a name: a word with a capital letter inside a sentence.
    """

    text: str
    name: bool


def is_correction(before: str, after: str) -> bool:
    """Whether two texts differ only by small spelling mistakes.

    Letter case, accents, spaces and most punctuation are ignored. Words, numbers and symbols must be the same, in the
    same order; of the words, one in `ONE_IN` may differ by one mistake: two neighbouring letters swapped, a letter
    doubled or not, another vowel, or a letter missing from a long word. The first letter must be the same, since
    prefixes negate (`possible`, `impossible`); names, numbers and words of `DECISIVE` must be the same.

    The rule is strict, since a correction taken for a change only sends people a message they did not need, while a
    change taken for a correction leaves their support on words they never supported. Some changes pass all the same, as
    from `country` to `county`.
    """
    old, new = list(_tokens(before)), list(_tokens(after))
    if len(old) != len(new):
        return False
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one.text != other.text]
    return len(changed) <= max(1, len(old) // ONE_IN) and all(_is_misspelt(*pair) for pair in changed)


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKENS.finditer(text):
        if word := fold(_APOSTROPHES.sub("", found[0])):
            yield _Token(word, name=found[0][0].isupper() and not _opens_sentence(text, found.start()))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(' \t"«“(-')
    return start == 0 or (before[-1:] in _OPENINGS if before else start <= 4)


def _is_misspelt(old: _Token, new: _Token) -> bool:
    """Whether two different words are one word with a single mistake."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 3 MiB for who changes what others support

    one, other = old.text, new.text
    if old.name or new.name or not _DECISIVE.isdisjoint((one, other)) or one[0] != other[0]:
        return False
    if not (one.isalpha() and other.isalpha()) or OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    return _is_exchanged(one, other) if len(one) == len(other) else _is_left_out(shorter, longer)


def _is_exchanged(one: str, other: str) -> bool:
    """Whether two words of one length, long enough, differ by a swap of neighbouring letters or by a vowel."""
    differing = {letter for pair in zip(one, other, strict=True) if pair[0] != pair[1] for letter in pair}
    if sorted(one) == sorted(other):
        return len(one) >= SHORTEST_SWAP
    return differing <= VOWELS and len(one) >= SHORTEST_VOWEL


def _is_left_out(shorter: str, longer: str) -> bool:
    """Whether the one letter that only the longer word has doubles another, or the word is long enough to miss any."""
    place = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    doubled = longer[place] in longer[max(0, place - 1) : place] + longer[place + 1 : place + 2]
    return len(longer) >= (SHORTEST_DOUBLE if doubled else SHORTEST_LETTER)
