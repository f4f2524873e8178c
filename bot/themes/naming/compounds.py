"""Completes labels to compounds with a word too common to be a label itself: « reçu fiscal », « mot de passe »."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.themes.naming.nouns import Nouns
from bot.themes.naming.terms import Found, Term
from bot.themes.naming.tokens import Text, Token

FEWEST, MOSTLY = 2, 0.7
"""The least number, and the least share, of a word's texts with the compound for the compound to be shown."""
NOUN = 0.5
"""How often a word before it must be a noun, from 0 to 1."""

LINKS = frozenset(["de", "d", "of"])
"""The words that join a compound; others may lead to a time, as in « fermé à cinq heures »."""


def complete(term: Term, texts: Sequence[Text], found: Found, nouns: Nouns) -> Term:
    """A single-word term, extended to the compound in which most write it; the compound is added to `found`."""
    if len(term) > 1:
        return term
    longer = [
        {tuple([word.key for word in words]): _write(words) for words in _phrases(text, term[0], nouns)}
        for text in texts
    ]
    number = Counter(one for some in longer for one in some)
    best = max(number, key=lambda one: (number[one], one), default=term)
    if number[best] < max(FEWEST, MOSTLY * found.texts[term]):
        return term
    found.texts[best] = number[best]
    found.written[best] = Counter(some[best] for some in longer if best in some)
    return best


def _phrases(text: Text, key: str, nouns: Nouns) -> Iterator[Sequence[Token]]:
    """The compounds of a word: with the noun before it, or with a word joined by `LINKS`, that is a filler."""
    for part in text:
        for at in (at for at, token in enumerate(part) if token.key == key and not token.name):
            if at and _is_any(part[at - 1]) and nouns.share(part[at - 1].key) > NOUN:
                yield part[at - 1 : at + 1]
            behind = part[at : at + 3]
            if len(behind) == 3 and behind[1].folded in LINKS and _is_any(behind[2]):
                yield behind


def _is_any(token: Token) -> bool:
    return token.filler and not token.small


def _write(words: Sequence[Token]) -> str:
    return " ".join([word.text for word in words]).replace("’ ", "’")
