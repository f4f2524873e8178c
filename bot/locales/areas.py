"""A community's areas, found by their name in any language."""

from collections.abc import Iterable

from bot.language.text.normalise import fold
from bot.locales.speech import Speech
from bot.locales.words import AREAS


class Areas:
    """The areas of one community.

    Args:
        own: the community's own areas; if it has none, the five impacts are offered.
        speeches: the languages in which areas are recognised.

    Attributes:
        offered: the areas to choose from.
    """

    def __init__(self, own: Iterable[str], speeches: Iterable[Speech]) -> None:
        named = tuple(own)
        self.offered = named or AREAS
        spoken = tuple(speeches)
        translated = {fold(speech.area(area)): area for speech in spoken for area in (*AREAS, *named)}
        self._known = translated | {fold(area): area for area in named}

    def find(self, word: str) -> str | None:
        """The stored form of an area, by its name in any case, with or without accents; None when there is none."""
        return self._known.get(fold(word))
