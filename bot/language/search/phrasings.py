"""The phrasings of a community's answers as vectors, dense and lexical, sorted by answer."""

from collections.abc import Sequence

import numpy as np

from bot.language.arrays import Array
from bot.language.encoding.packing import join
from bot.language.search.material import Material
from bot.language.text.normalise import normalise
from bot.language.text.terms import Terms


class Phrasings:
    """The phrasings of all answers.

    Attributes:
        texts: the phrasings without their frames.
        answers: by phrasing, the number of its answer.
        starts: by answer, the number of its first phrasing.
        dense: phrasings × dimension, their vectors.
        terms: the lexical vector space of the phrasings.
    """

    def __init__(self, material: Material, languages: tuple[str, ...]) -> None:
        counts = [len(entry.phrasings) for entry in material.entries]
        self.texts = [text for entry in material.entries for text in entry.asked]
        self.answers = np.repeat(np.arange(len(counts)), counts)
        self.starts = np.cumsum([0, *counts])[:-1]
        own = [material.vectors[entry.answer_id][:count] for entry, count in zip(material.entries, counts, strict=True)]
        self.dense: Array = join(own).unpack()
        self.terms = Terms([normalise(text) or "." for text in self.texts], languages)
        # Half the precision is enough for a cosine, and is read twice as fast.
        self._columns = self.terms.rows.T.tocsr().astype(np.float32)

    def share(self, plain: Sequence[str]) -> Array:
        """The lexical cosines, questions × phrasings."""
        found: Array = (self.terms.vectors(plain).astype(np.float32) @ self._columns).toarray()
        return found

    def nearest(self, cosines: Array) -> Array:
        """From cosines of questions × phrasings, questions × answers: the cosine of the answer's nearest phrasing."""
        if len(self.starts) == cosines.shape[1]:
            return cosines
        found: Array = np.maximum.reduceat(cosines, self.starts, axis=1)
        return found
