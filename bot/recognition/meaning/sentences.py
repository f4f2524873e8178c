"""Reads the labelled sentences by whose meaning danger is recognised, from tables that an operator can add to."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.language.arrays import Array
from bot.recognition.phrasebook.table import read_tables

SECTIONS = frozenset({"danger", "ordinary"})


class Sentences(NamedTuple):
    """Sentences that people write in danger, and ordinary ones."""

    danger: tuple[str, ...]
    ordinary: tuple[str, ...]

    def labels(self) -> Array:
        """The labels: 1 for each sentence of danger, then -1 for each ordinary one."""
        return np.repeat([1.0, -1.0], [len(self.danger), len(self.ordinary)])

    def thin(self, most: int) -> "Sentences":
        """A sample of at most so many of them, taken at regular intervals."""
        step = -(-sum(map(len, self)) // most)
        return Sentences(self.danger[::step], self.ordinary[::step])


def load_sentences(folder: Path | None = None) -> Sentences:
    """Reads the packaged sentences, with those of the operator's folder added; the later label of a sentence counts.

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    tables = read_tables("sentences", SECTIONS, folder)
    labels = {
        line.text: section
        for line, section in sorted(
            ((line, section) for table in tables for section in SECTIONS for line in table.lines(section)),
            key=lambda one: (one[0].file.is_relative_to(folder) if folder else False, str(one[0].file), one[0].number),
        )
    }
    return Sentences(*(tuple(text for text, own in labels.items() if own == label) for label in sorted(SECTIONS)))


def load_own(packaged: Sentences, folder: Path | None) -> Sentences:
    """The sentences of the operator's folder that are not among the packaged ones, or have another label.

    Raises:
        OperatorError: a line cannot be used; it names file, line and mend.
    """
    if folder is None:
        return Sentences((), ())
    found = load_sentences(folder)
    known = [frozenset(texts) for texts in packaged]
    return Sentences(*(tuple(one for one in texts if one not in had) for texts, had in zip(found, known, strict=True)))
