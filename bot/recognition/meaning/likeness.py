"""Tells how like a text is in meaning to sentences of danger, by regression over an encoder's vectors."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.text.frame import unframe
from bot.recognition.meaning.correction import correct
from bot.recognition.meaning.learned import learn, recall
from bot.recognition.meaning.regression import Regression
from bot.recognition.meaning.sentences import Sentences, load_own, load_sentences

THRESHOLD = 0.2
"""From here on a text may mean danger: with groups of like ones left out in turn, 4 of 100 ordinary sentences
reach it, most of which were written to be near to danger; `make bench-danger` shows it."""
PART_MARGIN = 0.15
"""How much more like danger a sentence among others must be, as each is one more chance of a mistake."""
WHOLE_MARGIN = 0.55
"""How much more a message of several sentences must be as a whole, since many words about people drift towards danger.
Of three ordinary sentences of the sets held out, put together, 0 to 6 of 100 are false; of one of danger between two
such ones 63 to 95 of 100 are found."""
MOST_LEARNED = 4_000
"""Sentences learned at a start, where the file is of another encoder: all would take a minute and 650 MB."""
FEWEST_WORDS = 3
"""Of a sentence that is looked at for itself."""
MOST_PARTS = 6
"""The first and the last sentences of a message that are: an encoder takes 2 ms for each."""
_BREAKS = re.compile(r"(?<=[.!?…])\s+|\n+")


class Likeness:
    """The regression: about 1 for danger, -1 for what is ordinary.

    Args:
        encoder: encodes each text.
        packaged: what was learned of the packaged sentences.
        own: a community's own sentences, which correct it.
    """

    def __init__(self, encoder: Encoder, packaged: Regression, own: Sentences) -> None:
        self._encoder, self._packaged = encoder, packaged
        texts = [*own.danger, *own.ordinary]
        vectors = encoder.encode([unframe(text) for text in texts])
        # What the packaged ones leave to say: they need not be fitted anew.
        self._own = correct(vectors, own.labels() - packaged.predict(vectors, texts)) if texts else None

    def measure(self, text: str) -> float:
        """How like a text is to danger."""
        return float(self.measure_all([text])[0])

    def measure_all(self, texts: Sequence[str]) -> Array:
        """How like each text, or a sentence of it, is to danger; much faster than `measure` for each."""
        parts = [(at, part) for at, text in enumerate(texts) for part in split(text)]
        weighed = self._weigh([*texts, *(part for _, part in parts)])
        found: Array = weighed[: len(texts)]
        found[[*{at for at, _ in parts}]] -= WHOLE_MARGIN
        for (at, _), own in zip(parts, weighed[len(texts) :], strict=True):
            found[at] = max(found[at], own - PART_MARGIN)
        return found

    def _weigh(self, texts: Sequence[str]) -> Array:
        vectors = self._encoder.encode([unframe(text) for text in texts])
        found = self._packaged.predict(vectors, texts)
        return found + self._own.predict(vectors) if self._own else found


def split(text: str) -> list[str]:
    """The sentences of a text that has several, the first and the last of many."""
    found = [part for part in _BREAKS.split(text.strip()) if len(part.split()) >= FEWEST_WORDS]
    kept = [*found[:MOST_PARTS], *found[MOST_PARTS:][-MOST_PARTS:]]
    return [] if kept == [text.strip()] else kept


def load_likeness(encoder: Encoder, folder: Path | None = None) -> Likeness:
    """The regression over the packaged sentences, corrected by the operator's, once a process.

    With the default encoder what was learned is read from a file; with another a part is learned anew.

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    # An encoder is told from others by its identity.
    return _load(encoder, folder)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _load(encoder: Encoder, folder: Path | None) -> Likeness:
    packaged = load_sentences()
    learned = recall(encoder, packaged) or learn(encoder, packaged.thin(MOST_LEARNED))
    return Likeness(encoder, learned.regression(), load_own(packaged, folder))
