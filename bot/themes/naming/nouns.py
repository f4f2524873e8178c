"""Estimates which words are nouns, by the function words before them, without a lexicon.

A noun follows an article, a possessive or a preposition; a verb follows a pronoun, an auxiliary or a negation. In
English the last word of "the old gate code" is the noun, in French the first of "le code postal".
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.themes.naming.tokens import Token

_ENGLISH = (
    "the a an my your our his her their its this these those some any no each every another which what of with without "
    "in at from about by for into via per both all"
)
ENGLISH = frozenset(_ENGLISH.split())
_FRENCH = (
    "le la les l un une des du de d mon ma mes ton ta tes notre nos votre vos leur leurs ce cet cette ces au aux quel "
    "quelle quels quelles aucun aucune avec sans pour par dans sur en chez contre"
)
FRENCH = frozenset(_FRENCH.split())
"""Function words after which the next word is a noun."""
_VERBAL = (
    "i you we they he she it to can could would should will shall may might must do does did don doesn didn not never "
    "cannot ll ve has have had is are was were be been being am isn wasn aren weren won wouldn couldn shouldn im how "
    "please so too very just "
    "je j tu il elle nous vous ils elles on ne n ai as ont est sont etait etaient ete etre sera me m se s te t y peut "
    "peux pouvez dois doit faut pas tres trop si"
)
VERBAL = frozenset(_VERBAL.split())
"""Function words after which a verb or an adjective comes."""
PRIOR = 1.0


class Nouns:
    """How often words are nouns in some texts.

    Args:
        texts: the parts of all texts.
    """

    def __init__(self, texts: Iterable[Sequence[Token]]) -> None:
        self._for: Counter[str] = Counter()
        self._against: Counter[str] = Counter()
        for part in texts:
            self._read(part)

    def share(self, key: str) -> float:
        """How often a word is a noun, from 0 to 1; 0.5 without evidence."""
        good = self._for[key] + PRIOR
        return good / (good + self._against[key] + PRIOR)

    def _read(self, part: Sequence[Token]) -> None:
        before, start = "", 0
        for at, token in enumerate([*part, None]):
            if token is None or token.small:
                self._run(before, part[start:at])
                before, start = token.folded if token else "", at + 1

    def _run(self, before: str, run: Sequence[Token]) -> None:
        """Count evidence from a run of content words after a function word."""
        if not run:
            return
        if before in FRENCH:
            self._for[run[0].key] += 1
        elif before in ENGLISH:
            *others, head = _phrase(run)
            self._for[head.key] += 1
            self._against.update(one.key for one in others if one.filler)
        elif before in VERBAL:
            self._against[run[0].key] += 1


def _phrase(run: Sequence[Token]) -> Sequence[Token]:
    """The words of a run up to its noun, without trailing verbs such as "arrived" or "waiting"."""
    start = next((at for at, one in enumerate(run) if not one.filler), 0)
    last = next((at for at in range(start + 1, len(run)) if run[at].filler), len(run))
    while last > 1 and run[last - 1].folded.endswith(("ed", "ing")):
        last -= 1
    return run[:last]
