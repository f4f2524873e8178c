"""Tells a correction of a text, such as of a typing mistake, from a change of what it says."""

from collections.abc import Iterator

import regex

from bot.language.text.normalise import fold
from storage.values import frozen

_TOKENS = regex.compile(r"[\p{L}\p{M}'’]+|[+-]?\p{N}[\p{N}.,:/]*(?<![.,:/])|[\p{S}?%]")
"""Words, numbers with their sign, and the signs that mean something by themselves: emoji, currencies, `<`, `?`, `%`."""
_APOSTROPHES = regex.compile(r"['’]")
_OPENINGS = ".!?…:\n"
"""After one of these, a capital letter begins a sentence, not a name."""
ONE_IN = 5
"""One word in so many may be corrected, and always one."""
SHORTEST_SWAP, SHORTEST_DOUBLE, SHORTEST_VOWEL, SHORTEST_LETTER = 4, 5, 6, 7
"""The letters a word needs for two neighbours to be swapped, one to be doubled, a vowel exchanged, one left out."""
VOWELS = frozenset("aeiouy")
DECISIVE = """
above after against allow allowed always before below closed enough every everyone except fewer forbid forbidden inside
never nobody nothing often opened outside under until within without
apres aucun aucune aussi autorise avant avec contre dedans dehors depuis ferme fermee interdit jamais jusque moins
ouvert ouverte parfois personne seule seulement toujours toute toutes trop
"""
"""Words of negation, polarity and extent, folded: a change to or from one of them is never a mistake."""
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
    """Whether two texts say the same but for small mistakes of spelling.

    Letter case, accents, spaces and most punctuation do not count. Words, numbers and signs must be the same, in the
    same order; of the words, one in `ONE_IN` may differ by one mistake: two neighbouring letters swapped, a letter
    doubled or not, one vowel for another, or a letter left out of a long word. The first letter never differs, since
    prefixes negate (`possible`, `impossible`); a name, a number or one of `DECISIVE` never does.

    The line is strict because its two errors weigh differently: a mistake that is taken for a change sends people a
    message they did not need, a change that is taken for a mistake lets them stand for what they never said. Without a
    dictionary some remain: `country` for `county` passes.
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
    """Whether two neighbouring letters are swapped, or one vowel stands for another, in a word long enough."""
    differing = {letter for pair in zip(one, other, strict=True) if pair[0] != pair[1] for letter in pair}
    if sorted(one) == sorted(other):
        return len(one) >= SHORTEST_SWAP
    return differing <= VOWELS and len(one) >= SHORTEST_VOWEL


def _is_left_out(shorter: str, longer: str) -> bool:
    """Whether the letter that only the longer word has is a double, or left out of a word long enough."""
    place = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    doubled = longer[place] in longer[max(0, place - 1) : place] + longer[place + 1 : place + 2]
    return len(longer) >= (SHORTEST_DOUBLE if doubled else SHORTEST_LETTER)
