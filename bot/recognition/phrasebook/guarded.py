"""Phrases that count unless a harmless phrase undoes them, such as “killing me softly”."""

from collections.abc import Collection, Iterator

from bot.recognition.phrasebook.phrases import Find, Phrases
from bot.recognition.phrasebook.table import Table
from bot.recognition.phrasebook.words import respell
from storage.values import frozen

HARMLESS = "harmless"
"""The section of the phrases that undo."""


@frozen
class Guarded:
    """Those of one language; made by `guard`.

    Attributes:
        spelling: other spellings of words.
        phrases: those that count.
        harmless: those that undo one that they overlap, if they end with it or later.
    """

    spelling: dict[str, str]
    phrases: Phrases
    harmless: Phrases

    def find(self, tokens: list[str]) -> Iterator[tuple[str, Find]]:
        """The words as the table spells them, and each phrase in them that counts."""
        said = respell(tokens, self.spelling)
        harmless: list[Find] | None = None
        for found in self.phrases.find(said):
            harmless = list(self.harmless.find(said)) if harmless is None else harmless
            if not any(idiom.covers_end(found) for idiom in harmless):
                yield said, found


def guard(table: Table, sections: Collection[str]) -> Guarded:
    """The phrases of some sections of a language's table."""
    phrases = Phrases(table, {section: table.lines(section) for section in sections})
    return Guarded(table.spelling, phrases, Phrases(table, {HARMLESS: table.lines(HARMLESS)}))
