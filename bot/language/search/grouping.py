"""Groups questions that mean the same, in whatever language they are asked."""

from collections.abc import Sequence

import numpy as np

from bot.language.encoding.encoder import Encoder
from bot.language.text.comparison.wording import Change, compare
from bot.language.text.normalise import normalise
from bot.language.text.splitting import WORD
from bot.language.text.terms import Terms
from bot.language.text.words import read

ALIKE = 0.7
"""The cosine from which two questions mean the same: `Can I bring my dog?` has 0.75 with its French translation."""
DIFFERENT = (Change.SWAPPED, Change.DECISIVE)
"""The changes of words that make another question of one: a bus on Sunday or on Monday has 0.96."""


def group(texts: Sequence[tuple[str, str]], encoder: Encoder | None, languages: tuple[str, ...]) -> list[list[int]]:
    """The numbers of the texts that mean the same, each group led by its first.

    Args:
        texts: each with its language; words are compared within one alone.
        encoder: None compares the words alone.
    """
    if not texts:
        return []
    cosines = _cosines([text for text, _ in texts], encoder, languages)
    words = [read(text) for text, _ in texts]

    def same(one: int, other: int) -> bool:
        comparable = texts[one][1] == texts[other][1]
        return not comparable or compare(words[one], words[other]).change not in DIFFERENT

    groups: list[list[int]] = []
    for at in range(len(texts)):
        near = [some for some in groups if cosines[at, some[0]] >= ALIKE and same(at, some[0])]
        found = max(near, key=lambda some: cosines[at, some[0]], default=None)
        if found is None:
            groups.append([at])
        else:
            found.append(at)
    return groups


def _cosines(texts: Sequence[str], encoder: Encoder | None, languages: tuple[str, ...]) -> "np.ndarray":
    if encoder is not None:
        rows = encoder.encode(texts)
        return np.asarray(rows @ rows.T)
    terms = Terms([normalise(text) if WORD.search(normalise(text)) else "?" for text in texts], languages).rows
    return np.asarray((terms @ terms.T).todense())
