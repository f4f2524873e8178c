"""Finds phrases, except where a harmless phrase cancels them, such as “killing me softly”."""

from collections.abc import Collection, Iterator

from bot.recognition.phrasebook.phrases import Find, Phrases
from bot.recognition.phrasebook.table import Table
from bot.recognition.phrasebook.words import respell
from storage.values import frozen

HARMLESS = "harmless"
"""The section of the harmless phrases."""


@frozen
class Guarded:
    """The phrases of one language with those that cancel them; made by `guard`.

    Attributes:
        spelling: by word, the spelling that the table uses.
        phrases: the phrases to find.
        harmless: the phrases that cancel a phrase that they overlap, if they end with it or later.
    """

    spelling: dict[str, str]
    phrases: Phrases
    harmless: Phrases

    def find(self, tokens: list[str]) -> Iterator[tuple[str, Find]]:
        """Each phrase in a text that is not cancelled, with the text in the table's spelling."""
        said = respell(tokens, self.spelling)
        harmless: list[Find] | None = None
        for found in self.phrases.find(said):
            harmless = list(self.harmless.find(said)) if harmless is None else harmless
            if not any(idiom.covers_end(found) for idiom in harmless):
                yield said, found


def guard(table: Table, sections: Collection[str]) -> Guarded:
    """Compile the phrases of some sections of a language's table, with its harmless ones."""
    phrases = Phrases(table, {section: table.lines(section) for section in sections})
    return Guarded(table.spelling, phrases, Phrases(table, {HARMLESS: table.lines(HARMLESS)}))
