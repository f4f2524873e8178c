"""Finds the texts nearest in their words, by the cosine of TF-IDF vectors, where there is no encoder."""

from collections.abc import Collection, Mapping

import numpy as np

from bot.language.arrays import Array
from bot.language.search.alike.near import Near, choose
from bot.language.text.normalise import has_words, normalise
from bot.language.text.terms import Terms

FLOOR, UNRELATED = 0.42, 0.05
"""The cosine from which texts are near, and that of unrelated ones; see `near.choose` and `make bench-language`."""
MOST_NEW = 64
"""Texts with vectors of their own beside those of all others, which take a second to make for 20,000."""


class Wordings:
    """An index over words; see `Alike`."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._texts: dict[int, str] = {}
        self._parts: tuple[_Part, ...] = ()

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, texts: Mapping[int, str]) -> None:
        """Take up texts that are not in it."""
        said = {own: normalise(text) for own, text in texts.items() if has_words(text)}
        self._texts |= said
        last = self._parts[1].texts if len(self._parts) > 1 else {}
        new = {**last, **said}
        if len(new) > MOST_NEW or not self._parts:
            self._parts = (_Part(dict(self._texts), self._languages),) if self._texts else ()
        elif new:
            self._parts = (self._parts[0], _Part(new, self._languages))

    def remove(self, ids: Collection[int]) -> None:
        """Forget texts: the vectors are made anew, so that no word of theirs is left."""
        self._texts = {own: text for own, text in self._texts.items() if own not in ids}
        self._parts = (_Part(dict(self._texts), self._languages),) if self._texts else ()

    def compare(self, text: str) -> tuple[Array, Array]:
        """The ids of all texts, and their cosines with this one."""
        found = [part.compare(normalise(text)) for part in self._parts]
        if not found:
            return np.empty(0, np.int64), np.empty(0)
        return np.concatenate([ids for ids, _ in found]), np.concatenate([cosines for _, cosines in found])

    def search(self, text: str, most: int) -> list[Near]:
        """The texts that are near, the nearest first."""
        ids, cosines = self.compare(text)
        return choose(ids, cosines, FLOOR, UNRELATED, most)


class _Part:
    """Some of the texts, and their vectors."""

    def __init__(self, texts: dict[int, str], languages: tuple[str, ...]) -> None:
        self.texts, self._ids = texts, np.array(list(texts), np.int64)
        self._terms = Terms(list(texts.values()), languages)
        # By term: of a text's few terms alone the rows are read.
        self._columns = self._terms.rows.T.tocsr()

    def compare(self, plain: str) -> tuple[Array, Array]:
        return self._ids, (self._terms.vectors([plain]) @ self._columns).toarray()[0]
