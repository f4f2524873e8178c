"""Measures how similar in meaning a text is to sentences of danger, by regression over an encoder's vectors."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.language.arrays import Array
from bot.language.encoding.encoder import Encoder
from bot.language.text.frame import unframe
from bot.recognition.meaning.correction import correct
from bot.recognition.meaning.learned import learn, read_learned
from bot.recognition.meaning.regression import Regression
from bot.recognition.meaning.sentences import Sentences, load_own, load_sentences

THRESHOLD = 0.2
"""The value from which a text may mean danger. In cross-validation by groups of similar sentences, 4 of 100 ordinary
ones reach it, most of which were written to be near to danger; `make bench-danger` shows it."""
PART_MARGIN = 0.15
"""How much higher the value of a single sentence among others must be, since each is a further chance of an error."""
WHOLE_MARGIN = 0.55
"""How much higher the value of a whole message of several sentences must be, since many words about people raise it.
Of messages of three ordinary held-out sentences, 0 to 6 of 100 are false; of messages with one of danger between two
ordinary ones, 63 to 95 of 100 are found."""
MOST_LEARNED = 4_000
"""The most sentences fitted at a start where the file is of another encoder: all would take a minute and 650 MB."""
FEWEST_WORDS = 3
"""The fewest words of a sentence that is measured apart."""
MOST_PARTS = 6
"""The most first, and the most last, sentences of a message that are measured apart, at 2 ms each."""
_BREAKS = re.compile(r"(?<=[.!?…])\s+|\n+")


class Likeness:
    """The similarity to danger: about 1 for danger, -1 for ordinary texts.

    Args:
        encoder: encodes each text.
        packaged: the model fitted to the packaged sentences.
        own: the operator's own sentences, which correct it.
    """

    def __init__(self, encoder: Encoder, packaged: Regression, own: Sentences) -> None:
        self._encoder, self._packaged = encoder, packaged
        texts = [*own.danger, *own.ordinary]
        vectors = encoder.encode([unframe(text) for text in texts])
        # Fitted to the residuals, so that the packaged sentences need not be fitted anew.
        self._own = correct(vectors, own.labels() - packaged.predict(vectors, texts)) if texts else None

    def measure(self, text: str) -> float:
        """The similarity of a text to danger."""
        return float(self.measure_all([text])[0])

    def measure_all(self, texts: Sequence[str]) -> Array:
        """By text, its similarity to danger, or that of one of its sentences; much faster than `measure` for each."""
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
    """The sentences of a text, at most `MOST_PARTS` from either end; none when the text is a single sentence."""
    found = [part for part in _BREAKS.split(text.strip()) if len(part.split()) >= FEWEST_WORDS]
    kept = [*found[:MOST_PARTS], *found[MOST_PARTS:][-MOST_PARTS:]]
    return [] if kept == [text.strip()] else kept


def load_likeness(encoder: Encoder, folder: Path | None = None) -> Likeness:
    """The model of the packaged sentences, corrected by the operator's; loaded once a process.

    With the default encoder it is read from a file; with another, it is fitted to a part of the sentences.

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    # Encoders are hashed by identity.
    return _load(encoder, folder)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _load(encoder: Encoder, folder: Path | None) -> Likeness:
    packaged = load_sentences()
    learned = read_learned(encoder, packaged) or learn(encoder, packaged.thin(MOST_LEARNED))
    return Likeness(encoder, learned.regression(), load_own(packaged, folder))
