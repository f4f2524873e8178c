"""Corrects small typing mistakes towards the words of a vocabulary."""

from collections.abc import Iterable, Sequence

SHORTEST = 4
"""The fewest letters of a word that is corrected; a mistake in a shorter one makes it another word."""
LONG_ENOUGH = 5
"""The fewest letters of a word with a wrong, missing or added letter."""
MOST_SLIPS = 2
"""The most words of a message that are corrected; a message with more unknown words is about something else."""


class Speller:
    """Corrects towards the words of a vocabulary."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary)
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(self._known):
            self._by_initial.setdefault(word[0], []).append(word)

    def correct(self, words: Sequence[str]) -> Sequence[str]:
        """The words, with unknown ones replaced by known ones with the same first letter at an edit distance of one.

        In a message of one or two words, only swapped letters are corrected, since no further words confirm the
        meaning.
        """
        unknown = [word for word in words if word not in self._known]
        if not 0 < len(unknown) <= MOST_SLIPS:
            return words
        lone = len(words) <= 2
        nearest = {word: self._nearest(word, lone=lone) for word in unknown if len(word) >= SHORTEST}
        return [nearest.get(word, word) for word in words]

    def _nearest(self, word: str, *, lone: bool) -> str:
        from rapidfuzz import process  # noqa: PLC0415 - 3 MiB for who slips
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        alike = self._by_initial.get(word[0], [])
        for known, _, _ in process.extract(word, alike, scorer=OSA.distance, score_cutoff=1, limit=3):
            strict = lone or len(known) < LONG_ENOUGH
            if not strict or set(word) == set(known):
                return known
        return word
