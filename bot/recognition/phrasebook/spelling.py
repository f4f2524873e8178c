"""Corrects small slips of the pen towards the words of a table."""

from collections.abc import Iterable, Sequence

SHORTEST = 4
"""Letters of a word that is corrected; a slip in a shorter one makes another word of it."""
LONG_ENOUGH = 5
"""Letters from which one may be wrong, missing or too many."""
MOST_SLIPS = 2
"""Words of a message that are corrected; one with more is about something else."""


class Speller:
    """Corrects towards the words of a vocabulary."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary)
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(self._known):
            self._by_initial.setdefault(word[0], []).append(word)

    def correct(self, words: Sequence[str]) -> Sequence[str]:
        """Words with each unknown one replaced by a known one that begins alike and is one slip away.

        A word on its own has no neighbours that confirm it: there only letters that changed places are corrected.
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
